using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// First step: reads an uploaded file. That may take minutes and has no effect until it is over; then what was read and the command
/// for the next step are one transaction, so that an instance that dies loses its reading and nothing else.
/// </summary>
internal sealed partial class IngestDocumentConsumer(
    TenantDatabase database, ReadingProcess reading, GivingUp givingUp, OutboxSignal outbox, ILogger<IngestDocumentConsumer> logger) : IConsumer<IngestDocument>
{
    public Task Consume(ConsumeContext<IngestDocument> context)
        => givingUp.TryAsync(context, NextStep(context.Message), () => ReadAsync(context.Message, context.CancellationToken));

    private async Task ReadAsync(IngestDocument command, CancellationToken cancellation)
    {
        if (await BeginAsync(command, cancellation) is not { } file)
            return;

        await using var watch = new IngestionWatch(database, command, file.ContentHash, cancellation);
        ReadingOutcome outcome;
        try
        {
            outcome = await reading.ReadAsync(file.Bytes, file.FileName, watch, watch.Stop);
        }
        catch (OperationCanceledException) when (watch.NobodyWaits)
        {
            LogStopped(command.DocumentId);
            return;
        }

        await using var transaction = await DocumentScope.BeginAsync(database, command.Tenant, command.UserId, cancellation);
        if (await Ingestions.EndReadingAsync(transaction, command.DocumentId, file.ContentHash, outcome, cancellation))
            await OrderIndexingAsync(transaction, command, cancellation);
    }

    private async Task<Ingestions.WaitingFile?> BeginAsync(IngestDocument command, CancellationToken cancellation)
    {
        await using var transaction = await DocumentScope.BeginAsync(database, command.Tenant, command.UserId, cancellation);
        if (await Ingestions.BeginReadingAsync(transaction, command.DocumentId, cancellation) is { } file)
        {
            await transaction.CommitAsync(cancellation);
            return file;
        }

        // Read already: somebody uploaded it once more because the next step did not come.
        if (await Ingestions.FindReadAsync(transaction, command.DocumentId, cancellation) is not null)
            await OrderIndexingAsync(transaction, command, cancellation);
        return null;
    }

    private async Task OrderIndexingAsync(TenantTransaction transaction, IngestDocument command, CancellationToken cancellation)
    {
        await transaction.PublishAsync(Guid.CreateVersion7(), NextStep(command), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    private static IndexDocument NextStep(IngestDocument command) => new() { DocumentId = command.DocumentId, Tenant = command.Tenant, UserId = command.UserId };

    [LoggerMessage(LogLevel.Information, "Nobody waits for document {DocumentId} any more; its reading was stopped")]
    private partial void LogStopped(Guid documentId);
}
