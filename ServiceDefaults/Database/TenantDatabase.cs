using System.Data;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>
/// The one way to tenant data: a transaction that carries tenant, user and principals into PostgreSQL, where row-level security
/// reads them (<c>current_setting('app.tenant')</c>, <c>'app.user'</c>, <c>'app.principals'</c>). A transaction begun without them
/// sees no row.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource source)
{
    public Task<TenantTransaction> BeginAsync(Caller caller, CancellationToken cancellation)
        => BeginAsync(caller.Tenant, caller.UserId, Principals.Of(caller), IsolationLevel.ReadCommitted, cancellation);

    /// <summary>
    /// For work after the request has gone: consumers and background jobs that know tenant and user from a message, but nobody's roles.
    /// </summary>
    public Task<TenantTransaction> BeginAsync(string tenant, string user, CancellationToken cancellation)
        => BeginAsync(tenant, user, [], IsolationLevel.ReadCommitted, cancellation);

    /// <summary>For background work that reads much: every statement sees what the first one saw, whoever commits meanwhile.</summary>
    public Task<TenantTransaction> BeginSnapshotAsync(string tenant, CancellationToken cancellation)
        => BeginAsync(tenant, "", [], IsolationLevel.RepeatableRead, cancellation);

    private async Task<TenantTransaction> BeginAsync(
        string tenant, string user, string[] principals, IsolationLevel isolation, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancellation);
            // The array goes as PostgreSQL writes it, so that no name, whatever is in it, passes for two.
            await using var scope = new NpgsqlCommand(
                "select set_config('app.tenant', $1, true), set_config('app.user', $2, true), set_config('app.principals', $3::text[]::text, true)",
                connection, transaction)
            {
                Parameters = { new() { Value = tenant }, new() { Value = user }, new() { Value = principals } },
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
