using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Events;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// When a command is about to become a dead letter, which the operator sees, its document says so too: its owner would wait in vain.
/// </summary>
internal sealed class GivingUp(TenantDatabase database, OutboxSignal outbox)
{
    /// <summary>Does the step; where it fails for the last time, notes that on the document, and fails.</summary>
    public async Task TryAsync(ConsumeContext context, IndexDocument document, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && EventConsumers.IsLastTry(context))
        {
            await NoteAsync(document, context.CancellationToken);
            throw;
        }
    }

    private async Task NoteAsync(IndexDocument command, CancellationToken cancellation)
    {
        await using var transaction = await DocumentScope.BeginAsync(database, command.Tenant, command.UserId, cancellation);
        var wasReady = await transaction.SingleAsync<bool?>("select status = 'ready' from documents where id = @DocumentId for update", new { command.DocumentId }, cancellation);
        if (wasReady is null || await Ingestions.FindAsync(transaction, command.DocumentId, cancellation) is not { } file)
            return;
        await DocumentContent.RefuseAsync(transaction, command, file, null, ReadingReason.GivenUp.Code, wasReady == true, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }
}
