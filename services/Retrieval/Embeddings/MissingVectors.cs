using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>
/// Orders vectors for documents that lack them: those of before a model was configured or changed, and those that the model failed on.
/// Asked whenever a tenant's index is built.
/// </summary>
internal sealed partial class MissingVectors(TenantDatabase database, VectorStore store, OutboxSignal outbox, ILogger<MissingVectors> logger)
{
    public async Task OrderAsync(string tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        var lacking = await store.LackingAsync(transaction, cancellation);
        if (lacking.Count == 0)
            return;
        foreach (var document in lacking)
            await transaction.PublishAsync(Guid.CreateVersion7(), new EmbedDocument { DocumentId = document, Tenant = tenant }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        LogOrdered(tenant, lacking.Count);
    }

    [LoggerMessage(LogLevel.Information, "{Documents} documents of {Tenant} lack vectors; they are ordered")]
    private partial void LogOrdered(string tenant, int documents);
}
