using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Documents;

/// <summary>
/// Row-level security shows a transaction only what its caller may read. Counting, ingesting and indexing need all of the tenant's
/// documents: they widen the transaction's scope, within the tenant, and say so here.
/// </summary>
internal static class DocumentScope
{
    /// <summary>Begins a transaction of the service's own work: whoever ordered it may have lost the right to read it meanwhile.</summary>
    public static async Task<TenantTransaction> BeginAsync(TenantDatabase database, string tenant, string user, CancellationToken cancellation)
    {
        var transaction = await database.BeginAsync(tenant, user, cancellation);
        try
        {
            await WidenAsync(transaction, cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public static Task WidenAsync(TenantTransaction transaction, CancellationToken cancellation)
        => transaction.ExecuteAsync("select set_config('app.scope', 'service', true)", null, cancellation);

    public static Task NarrowAsync(TenantTransaction transaction, CancellationToken cancellation)
        => transaction.ExecuteAsync("select set_config('app.scope', '', true)", null, cancellation);

    /// <summary>The number of the tenant's documents or collections, counted to <paramref name="limit"/> at most.</summary>
    /// <param name="transaction">The tenant's.</param>
    /// <param name="table"><c>documents</c> or <c>collections</c>.</param>
    /// <param name="limit">Where counting stops.</param>
    /// <param name="cancellation">Ends the count.</param>
    public static async Task<long> CountAsync(TenantTransaction transaction, string table, int limit, CancellationToken cancellation)
    {
        await WidenAsync(transaction, cancellation);
        var count = await transaction.SingleAsync<long>(
            $"select count(*) from (select from {table} where tenant = current_setting('app.tenant') limit @limit) as kept", new { limit }, cancellation);
        await NarrowAsync(transaction, cancellation);
        return count;
    }
}
