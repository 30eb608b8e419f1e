using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>
/// The one way to tenant data: a transaction that carries the tenant and the user into PostgreSQL, where row-level security
/// reads them (<c>current_setting('app.tenant')</c>, <c>'app.user'</c>). A transaction begun without them sees no row.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource source)
{
    public Task<TenantTransaction> BeginAsync(Caller caller, CancellationToken cancellation)
        => BeginAsync(caller.Tenant, caller.UserId, cancellation);

    /// <summary>For work after the request has gone: consumers and background jobs that know tenant and user from a message.</summary>
    public async Task<TenantTransaction> BeginAsync(string tenant, string user, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var scope = new NpgsqlCommand("select set_config('app.tenant', $1, true), set_config('app.user', $2, true)", connection, transaction)
            {
                Parameters = { new() { Value = tenant }, new() { Value = user } },
            };
            await scope.ExecuteNonQueryAsync(cancellation);
            return new TenantTransaction(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>For tables that belong to no tenant (outbox, inbox, leases); rows of tenants stay invisible in it.</summary>
    public async Task<TenantTransaction> BeginWithoutTenantAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            return new TenantTransaction(connection, await connection.BeginTransactionAsync(cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
