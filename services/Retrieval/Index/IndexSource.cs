using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Index;

/// <summary>Where indexes come from and catch up: the database, which alone knows what is committed.</summary>
internal sealed class IndexSource(TenantDatabase database)
{
    /// <summary>Grows by one with every document of the tenant that becomes searchable, changes or goes.</summary>
    public async Task<long> VersionAsync(string tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        return await transaction.SingleAsync<long?>("select version from index_versions where tenant = @tenant", new { tenant }, cancellation) ?? 0;
    }

    /// <summary>Documents changed after <paramref name="known"/>, oldest change first.</summary>
    public async Task<IReadOnlyList<Change>> ChangesAsync(string tenant, long known, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        return await transaction.QueryAsync<Change>(
            "select document_id, version from document_changes where tenant = @tenant and version > @known order by version", new { tenant, known }, cancellation);
    }

    /// <summary>Those of the documents that exist and are ready.</summary>
    public async Task<IReadOnlyList<IndexedDocument>> LoadAsync(string tenant, Guid[] ids, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select d.id, d.owner, d.visibility, d.title, array_to_string(c.heading_path, ' ') as headings, c.text
            from documents d join chunks c on c.document_id = d.id
            where d.id = any (@ids) and d.status = 'ready' order by d.id, c.ordinal
            """, new { ids }, cancellation);
        return
        [
            .. rows.GroupBy(row => row.Id).Select(rows => rows.First() is var first
                ? new IndexedDocument(first.Id, first.Owner, first.Visibility == Document.Tenant, first.Title, [.. rows.Select(row => (row.Headings, row.Text))])
                : null!),
        ];
    }

    internal sealed record Change(Guid DocumentId, long Version);

    private sealed record Row(Guid Id, string Owner, string Visibility, string Title, string Headings, string Text);
}
