using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Index;

/// <summary>Where indexes come from and catch up: the database, which alone knows what is committed and who belongs to which group.</summary>
internal sealed class IndexSource(TenantDatabase database)
{
    /// <summary>By what the caller may read, and up to where an index must have come to answer.</summary>
    public async Task<Standing> StandingAsync(Caller caller, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return (await transaction.SingleAsync<Standing>(
            "select principals(), coalesce((select version from index_versions where tenant = @Tenant), 0) as version", new { caller.Tenant }, cancellation))!;
    }

    /// <summary>Documents changed after <paramref name="known"/>, oldest change first.</summary>
    public async Task<IReadOnlyList<Change>> ChangesAsync(string tenant, long known, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        return await transaction.QueryAsync<Change>(
            "select document_id, version, text_version from document_changes where tenant = @tenant and version > @known order by version",
            new { tenant, known }, cancellation);
    }

    /// <summary>The next documents changed after <paramref name="known"/>, oldest change first; new vectors count as a new text.</summary>
    public async Task<IReadOnlyList<Change>> NextChangesAsync(string tenant, long known, int limit, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        return await transaction.QueryAsync<Change>(
            """
            select document_id, max(version) as version, max(text_version) as text_version from (
              select document_id, version, text_version from document_changes where tenant = @tenant and version > @known
              union all
              select document_id, version, version from vector_changes where tenant = @tenant and version > @known) as changed
            group by document_id order by 2 limit @limit
            """, new { tenant, known, limit }, cancellation);
    }

    /// <summary>Those of the documents that exist and are ready.</summary>
    public async Task<IReadOnlyList<IndexedDocument>> LoadAsync(string tenant, Guid[] ids, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select d.id, d.readers, d.collection_id, d.title, array_to_string(c.heading_path, ' ') as headings, c.text
            from documents d join chunks c on c.document_id = d.id
            where d.id = any (@ids) and d.status = 'ready' order by d.id, c.ordinal
            """, new { ids }, cancellation);
        return
        [
            .. rows.GroupBy(row => row.Id).Select(rows => rows.First() is var first
                ? new IndexedDocument(first.Id, first.Readers, first.CollectionId, first.Title, [.. rows.Select(row => (row.Headings, row.Text))])
                : null!),
        ];
    }

    /// <summary>The readers of those of the documents that exist and are ready.</summary>
    public async Task<IReadOnlyList<Shared>> ReadersAsync(string tenant, Guid[] ids, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.QueryAsync<Shared>(
            "select id, readers, collection_id from documents where id = any (@ids) and status = 'ready'", new { ids }, cancellation);
    }

    internal sealed record Standing
    {
        public required string[] Principals { get; init; }

        /// <summary>Grows by one with every document of the tenant that becomes searchable, changes, changes hands or goes.</summary>
        public required long Version { get; init; }
    }

    /// <param name="TextVersion">The last change that was of more than the readers.</param>
    internal sealed record Change(Guid DocumentId, long Version, long TextVersion);

    internal record Shared
    {
        public required Guid Id { get; init; }

        public required string[] Readers { get; init; }

        public Guid? CollectionId { get; init; }
    }

    private sealed record Row : Shared
    {
        public required string Title { get; init; }

        public required string Headings { get; init; }

        public required string Text { get; init; }
    }
}
