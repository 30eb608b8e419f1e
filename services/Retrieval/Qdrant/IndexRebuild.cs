using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>Writes every tenant's points, from the beginning or from where they are.</summary>
internal sealed class IndexRebuild(TenantDatabase database, QdrantStore store, QdrantCollection collection, CatchUp catchUp)
{
    public async Task RunAsync(bool resume, ProgressLine line, CancellationToken cancellation)
    {
        if (!resume)
            await store.DropAsync(cancellation);
        await store.PrepareAsync(cancellation);

        var tenants = new List<(string Tenant, long Version)>();
        var changes = 0L;
        foreach (var (tenant, version) in await TenantsAsync(cancellation))
        {
            tenants.Add((tenant, version));
            changes += await CountAsync(tenant, "select count(*) from document_changes where tenant = @tenant and version > @known", cancellation);
        }

        line.Begin($"{tenants.Count} tenants, {changes} changed documents, collection {collection.Name}", changes);
        foreach (var (tenant, version) in tenants)
            await catchUp.ReachAsync(tenant, version, cancellation, line.Advance);

        var (passages, points) = (0L, 0L);
        foreach (var (tenant, _) in tenants)
        {
            passages += await CountAsync(tenant, "select count(*) from chunks c join documents d on d.id = c.document_id where d.status = 'ready'", cancellation);
            points += await store.CountAsync(tenant, cancellation);
        }

        line.End($"{points} passages in Qdrant, {passages} in PostgreSQL");
    }

    private async Task<IReadOnlyList<(string Tenant, long Version)>> TenantsAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync("select set_config('app.scope', 'tenants', true)", null, cancellation);
        return await transaction.QueryAsync<(string, long)>("select tenant, version from index_versions order by tenant", null, cancellation);
    }

    private async Task<long> CountAsync(string tenant, string sql, CancellationToken cancellation)
    {
        var known = (await store.ProgressAsync(tenant, cancellation)).Version;
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.SingleAsync<long>(sql, new { tenant, known }, cancellation);
    }
}
