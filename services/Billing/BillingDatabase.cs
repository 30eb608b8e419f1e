using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.Billing;

/// <summary>
/// The billing service's transactions. A person's sees the person's tenant; only that of an operator, and of the service's own background
/// work, sees all: row-level security reads <c>app.tenants</c> (see <c>sees_tenant</c> in the migrations).
/// </summary>
internal sealed class BillingDatabase(TenantDatabase database)
{
    /// <summary>For a person's request: the person's tenant.</summary>
    public Task<TenantTransaction> BeginAsync(Caller caller, CancellationToken cancellation) => database.BeginAsync(caller, cancellation);

    /// <summary>For reading what belongs to tenants but tells of no person, e.g. statements: an operator sees every tenant's, others their own.</summary>
    public Task<TenantTransaction> BeginToReadAsync(Caller caller, CancellationToken cancellation)
        => caller.Is(Roles.Operator) ? BeginForAllAsync(cancellation) : BeginAsync(caller, cancellation);

    /// <summary>For background work on one tenant.</summary>
    public Task<TenantTransaction> BeginAsync(string tenant, CancellationToken cancellation) => database.BeginAsync(tenant, "", cancellation);

    /// <summary>For reading much of one tenant while others write: all of it as it was when the transaction began.</summary>
    public Task<TenantTransaction> BeginSnapshotAsync(string tenant, CancellationToken cancellation) => database.BeginSnapshotAsync(tenant, cancellation);

    /// <summary>For what an operator does; every tenant.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is no operator.</exception>
    public Task<TenantTransaction> BeginForOperatorAsync(Caller caller, CancellationToken cancellation)
        => caller.Is(Roles.Operator) ? BeginForAllAsync(cancellation) : throw new UnauthorizedAccessException("Only operators see every tenant.");

    /// <summary>For background work on every tenant: consumers, closing, projections.</summary>
    public Task<TenantTransaction> BeginForAllAsync(CancellationToken cancellation) => BeginForAllAsync("", cancellation);

    /// <summary>For reading of every tenant what must be of one moment, in however many questions.</summary>
    public Task<TenantTransaction> BeginSnapshotForAllAsync(CancellationToken cancellation)
        => BeginForAllAsync("set transaction isolation level repeatable read, read only;", cancellation);

    private async Task<TenantTransaction> BeginForAllAsync(string isolation, CancellationToken cancellation)
    {
        var transaction = await database.BeginWithoutTenantAsync(cancellation);
        try
        {
            await using var scope = new NpgsqlCommand(isolation + "select set_config('app.tenants', 'all', true)", transaction.Connection, transaction.Transaction);
            await scope.ExecuteNonQueryAsync(cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
