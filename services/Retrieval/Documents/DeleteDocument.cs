using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Documents;

/// <summary>Removes text, passages and, through the change it notes, every replica's index entries. The policy <c>remove</c> says who may.</summary>
internal static class DeleteDocument
{
    private static readonly ProblemResult NotYours = new(
        ProblemType.Forbidden, "The tenant's documents are deleted by their owner or a tenant-admin, those of a collection by who manages it.", null,
        "Dokumente des Mandanten löscht, wer sie hochgeladen hat, oder eine Person mit der Rolle tenant-admin; Dokumente eines Wissensbestands, wer ihn verwaltet.");

    public static async Task<Results<NoContent, ProblemResult>> HandleAsync(
        Guid id, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await transaction.ExecuteAsync("delete from documents where id = @id", new { id }, cancellation) == 0)
        {
            return await transaction.SingleAsync<Guid?>("select id from documents where id = @id", new { id }, cancellation) is null
                ? ReadDocuments.NoSuchDocument
                : NotYours;
        }

        await transaction.PublishAsync(Guid.CreateVersion7(), new DocumentDeleted { DocumentId = id, Tenant = caller.Tenant }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }
}
