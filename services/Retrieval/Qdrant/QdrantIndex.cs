using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>The index in Qdrant: brought up to date before every search, as the one in memory is, but once for all replicas.</summary>
internal sealed partial class QdrantIndex(
    IndexSource source, CatchUp catchUp, QdrantStore store, QueryModels models, MissingVectors missing, ILogger<QdrantIndex> logger) : IChunkIndex
{
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);

    public async Task<Found> SearchAsync(Caller caller, ChunkQuery query, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(caller, query, cancellation);
        }
        catch (QdrantException exception)
        {
            LogUnavailable(exception.Message);
            throw;
        }
    }

    private async Task<Found> FindAsync(Caller caller, ChunkQuery query, CancellationToken cancellation)
    {
        // The model works while the index catches up.
        var embedding = models.EmbedAsync(caller, query.Text, cancellation);
        var standing = await source.StandingAsync(caller, cancellation);
        if (standing.Version == 0)
            return new Found([], SearchKind.Lexical, (await embedding).Reason ?? Found.NoVectors);
        var progress = await catchUp.ReachAsync(caller.Tenant, standing.Version, cancellation);
        await OrderVectorsAsync(caller.Tenant, cancellation);
        var (vector, reason) = await embedding;
        var found = await store.SearchAsync(caller.Tenant, standing.Principals, query, progress.HasVectors ? vector : null, cancellation);
        return found.Because(reason);
    }

    /// <summary>Once in the life of this process; a document that the model failed on gets another try then.</summary>
    private async Task OrderVectorsAsync(string tenant, CancellationToken cancellation)
    {
        if (!models.Embeds)
            return;
        lock (_looked)
        {
            if (!_looked.Add(tenant))
                return;
        }

        await missing.OrderAsync(tenant, cancellation);
    }

    [LoggerMessage(LogLevel.Error, "A search failed: {Problem}")]
    private partial void LogUnavailable(string problem);
}
