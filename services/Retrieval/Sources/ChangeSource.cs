using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Sources;

internal static class ChangeSource
{
    /// <summary>Has it synchronised within a second, or after the run under way.</summary>
    public static async Task<Results<Accepted, ProblemResult>> SyncAsync(
        Guid id, Caller caller, TenantDatabase database, SourceSchedule schedule, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await ReadSources.FindAsync(transaction, id, cancellation) is null)
            return SourceProblems.NoSuch;
        await schedule.PlanAsync(id, null, cancellation);
        return TypedResults.Accepted($"/api/retrieval/sources/{id}");
    }

    /// <summary>Disconnects it: its documents, their passages and the memberships in its groups go with it. What is in the source stays there.</summary>
    public static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        Guid id, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        // Locked, so that a synchronisation under way adds nothing between the question for the documents and the end.
        if (await transaction.SingleAsync<Guid?>("select id from sources where id = @id for update", new { id }, cancellation) is null)
            return SourceProblems.NoSuch;
        await DocumentScope.WidenAsync(transaction, cancellation);
        var documents = await transaction.QueryAsync<Guid>(
            "select document_id from source_items where source_id = @id and document_id is not null", new { id }, cancellation);
        await DocumentRemoval.RemoveAsync(transaction, caller.Tenant, documents, cancellation);
        await transaction.ExecuteAsync("delete from sources where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }
}
