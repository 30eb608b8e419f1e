using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Collections;

/// <summary>Removes a collection and its documents with files, passages and index entries, those that its manager may not read, too.</summary>
internal static class DeleteCollection
{
    public static async Task<Results<NoContent, ProblemResult>> HandleAsync(
        Guid id, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        // Locked, so that no document comes in between the question for them and the end.
        if (await transaction.SingleAsync<Guid?>("select id from collections where id = @id for update", new { id }, cancellation) is null)
            return await ReadCollections.FindAsync(transaction, id, cancellation) is null ? CollectionProblems.NoSuch() : CollectionProblems.NotManaged;

        await DocumentScope.WidenAsync(transaction, cancellation);
        var documents = await transaction.QueryAsync<Guid>("select id from documents where collection_id = @id", new { id }, cancellation);
        await DocumentRemoval.RemoveAsync(transaction, caller.Tenant, documents, cancellation);
        await DocumentScope.NarrowAsync(transaction, cancellation);
        await transaction.ExecuteAsync("delete from collections where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }
}
