using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Documents;

/// <summary>
/// Row-level security shows a transaction only what its user may see. Counting and indexing need all of the tenant's documents:
/// they widen the transaction's scope, within the tenant, and say so here.
/// </summary>
internal static class DocumentScope
{
    public static Task WidenAsync(TenantTransaction transaction, CancellationToken cancellation)
        => transaction.ExecuteAsync("select set_config('app.scope', 'index', true)", null, cancellation);

    /// <summary>The number of the tenant's documents, counted to <paramref name="limit"/> at most.</summary>
    public static async Task<long> CountAsync(TenantTransaction transaction, int limit, CancellationToken cancellation)
    {
        await WidenAsync(transaction, cancellation);
        var count = await transaction.SingleAsync<long>(
            "select count(*) from (select from documents where tenant = current_setting('app.tenant') limit @limit) as kept", new { limit }, cancellation);
        await transaction.ExecuteAsync("select set_config('app.scope', '', true)", null, cancellation);
        return count;
    }
}
