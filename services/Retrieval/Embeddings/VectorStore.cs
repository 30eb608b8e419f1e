using System.Runtime.InteropServices;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Sources;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>The vectors of passages in PostgreSQL, of the one model that is configured. Float32 in little-endian order.</summary>
internal sealed class VectorStore(TenantDatabase database, OutboxSignal outbox, IOptions<EmbeddingOptions> options)
{
    private readonly string? _model = options.Value.Model;

    /// <summary>Ready documents with passages that have no vector yet.</summary>
    public async Task<IReadOnlyList<Guid>> LackingAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.QueryAsync<Guid>(
            """
            select d.id from documents d where d.status = 'ready'
              and d.chunks > (select count(*) from chunk_vectors v where v.document_id = d.id and v.model = @model)
            """, new { model = _model }, cancellation);
    }

    /// <summary>The document's next passages without a vector, in order.</summary>
    public async Task<IReadOnlyList<Unembedded>> NextAsync(string tenant, Guid document, int limit, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.QueryAsync<Unembedded>(
            """
            select c.ordinal, md5(c.text) as hash, d.title, array_to_string(c.heading_path, ' > ') as headings, c.text, d.owner, d.department
            from documents d join chunks c on c.document_id = d.id
            where d.id = @document and d.status = 'ready'
              and not exists (select from chunk_vectors v where v.document_id = c.document_id and v.ordinal = c.ordinal and v.model = @model)
            order by c.ordinal limit @limit
            """, new { document, limit, model = _model }, cancellation);
    }

    /// <summary>
    /// Keeps vectors of passages that still have the text they were made of, lets the indexes know, and says what making them used, unless others had
    /// made them all meanwhile.
    /// </summary>
    public async Task AddAsync(
        Guid document, IReadOnlyList<Unembedded> passages, IReadOnlyList<IReadOnlyList<float>> vectors, ResourcesUsed used, CancellationToken cancellation)
    {
        var tenant = used.Tenant;
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        // First, because it locks the document, as a deletion does.
        await transaction.ExecuteAsync("select note_vectors(@tenant, @document)", new { tenant, document }, cancellation);
        var added = await transaction.ExecuteAsync(
            """
            insert into chunk_vectors (document_id, ordinal, model, tenant, vector)
            select @document, ordinal, @model, @tenant, vector
            from unnest(@ordinals, @hashes, @vectors) as made (ordinal, hash, vector)
            join chunks c using (ordinal) where c.document_id = @document and md5(c.text) = hash
            on conflict do nothing
            """,
            new
            {
                document,
                tenant,
                model = _model,
                ordinals = passages.Select(passage => passage.Ordinal).ToArray(),
                hashes = passages.Select(passage => passage.Hash).ToArray(),
                vectors = vectors.Select(vector => MemoryMarshal.AsBytes<float>(vector.ToArray()).ToArray()).ToArray(),
            }, cancellation);
        if (added > 0)
            await transaction.PublishAsync(used.UsageId, used, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    /// <summary>Documents that got vectors after that version of the tenant's index.</summary>
    public async Task<IReadOnlyList<Guid>> ChangedAsync(string tenant, long known, CancellationToken cancellation)
    {
        if (_model is null)
            return [];
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        return await transaction.QueryAsync<Guid>("select document_id from vector_changes where tenant = @tenant and version > @known", new { tenant, known }, cancellation);
    }

    /// <summary>The vectors of these documents' passages.</summary>
    public async Task<IReadOnlyList<Stored>> LoadAsync(string tenant, Guid[] documents, CancellationToken cancellation)
    {
        if (_model is null || documents.Length == 0)
            return [];
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.QueryAsync<Stored>(
            "select document_id, ordinal, vector as bytes from chunk_vectors where document_id = any (@documents) and model = @model", new { documents, model = _model }, cancellation);
    }

    /// <param name="Hash">Of the text, by which a change of it is noticed.</param>
    /// <param name="Owner">As in <c>documents.owner</c>.</param>
    /// <param name="Department">See there.</param>
    internal sealed record Unembedded(int Ordinal, string Hash, string Title, string Headings, string Text, string Owner, string? Department)
    {
        public ModelWork Work(string tenant) => new(tenant, SourceOwner.Is(Owner) ? "" : Owner, Department, ModelWork.Ingestion);
    }

    internal sealed record Stored(Guid DocumentId, int Ordinal, byte[] Bytes)
    {
        public ReadOnlySpan<float> Vector => MemoryMarshal.Cast<byte, float>(Bytes);
    }
}
