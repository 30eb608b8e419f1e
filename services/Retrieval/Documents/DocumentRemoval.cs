using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Documents;

/// <summary>Removes documents that the service may remove: text, passages, vectors and file go with them, the event tells everybody else.</summary>
internal static class DocumentRemoval
{
    /// <param name="transaction">In the service's scope.</param>
    /// <param name="tenant">Whose documents they are.</param>
    /// <param name="documents">Which; none is fine.</param>
    /// <param name="cancellation">Ends the removal.</param>
    public static async Task RemoveAsync(TenantTransaction transaction, string tenant, IReadOnlyList<Guid> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0)
            return;
        await transaction.ExecuteAsync("delete from documents where id = any (@ids)", new { ids = documents.ToArray() }, cancellation);
        foreach (var document in documents)
            await transaction.PublishAsync(Guid.CreateVersion7(), new DocumentDeleted { DocumentId = document, Tenant = tenant }, cancellation);
    }
}
