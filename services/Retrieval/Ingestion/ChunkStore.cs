using LLMoin.Contracts.Retrieval;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>Writes a document's passages.</summary>
internal static class ChunkStore
{
    private const int ChunksPerStatement = 500;

    public static async Task AddAsync(
        TenantTransaction transaction, IndexDocument command, string text, IReadOnlyList<Chunk> chunks, CancellationToken cancellation)
    {
        // One statement per batch; heading paths travel joined, as PostgreSQL has no ragged arrays of arrays.
        foreach (var batch in chunks.Index().Chunk(ChunksPerStatement))
        {
            await transaction.ExecuteAsync(
                """
                insert into chunks (document_id, ordinal, tenant, heading_path, text, span_start, span_end, page)
                select @DocumentId, ordinal, @Tenant, string_to_array(path, chr(10)), text, span_start, span_end, page
                from unnest(@ordinals, @paths, @texts, @starts, @ends, @pages) as c (ordinal, path, text, span_start, span_end, page)
                """,
                new
                {
                    command.DocumentId,
                    command.Tenant,
                    ordinals = batch.Select(item => item.Index).ToArray(),
                    paths = batch.Select(item => string.Join('\n', item.Item.HeadingPath)).ToArray(),
                    texts = batch.Select(item => item.Item.In(text)).ToArray(),
                    starts = batch.Select(item => item.Item.Start).ToArray(),
                    ends = batch.Select(item => item.Item.End).ToArray(),
                    pages = batch.Select(item => item.Item.Page).ToArray(),
                }, cancellation);
        }
    }
}
