using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Documents;

/// <summary>Removes text, passages and, through the change it notes, every replica's index entries.</summary>
internal static class DeleteDocument
{
    public static async Task<Results<NoContent, ProblemResult>> HandleAsync(
        Guid id, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var document = await transaction.SingleAsync<Document>(
            $"select {Document.Columns} from documents where id = @id for update", new { id }, cancellation);
        if (document is null)
            return ReadDocuments.NoSuchDocument;
        if (document.Owner != caller.UserId && !caller.Is(Roles.TenantAdmin))
            return new ProblemResult(ProblemType.Forbidden, "The tenant's documents are deleted by their owner or a tenant-admin.", null,
                "Dokumente des Mandanten löscht, wer sie hochgeladen hat, oder eine Person mit der Rolle tenant-admin.");

        await transaction.ExecuteAsync("delete from documents where id = @id", new { id }, cancellation);
        await transaction.PublishAsync(Guid.CreateVersion7(), new DocumentDeleted { DocumentId = id, Tenant = caller.Tenant }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }
}
