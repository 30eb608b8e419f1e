using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// Reads a stored document in. Claim, passages, state and event are one transaction: a command that comes again, or to two
/// replicas at once, has no second effect.
/// </summary>
internal sealed partial class IngestDocumentConsumer(TenantDatabase database, OutboxSignal outbox, ILogger<IngestDocumentConsumer> logger)
    : IConsumer<IngestDocument>
{
    private const string Consumer = "retrieval.ingest";

    public async Task Consume(ConsumeContext<IngestDocument> context)
    {
        var (command, cancellation) = (context.Message, context.CancellationToken);
        await using var transaction = await database.BeginAsync(command.Tenant, command.UserId, cancellation);
        if (!await transaction.ClaimAsync(Consumer, context.MessageId ?? command.DocumentId, cancellation))
            return;

        var content = await transaction.SingleAsync<string>(
            "select content from documents where id = @DocumentId and status = 'processing' for update", new { command.DocumentId }, cancellation);
        // Deleted since, or ingested by another command: only the claim is left to keep.
        if (content is not null)
            await IngestAsync(transaction, command, content, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    private async Task IngestAsync(TenantTransaction transaction, IngestDocument command, string content, CancellationToken cancellation)
    {
        var chunks = SplitOrNone(command.DocumentId, content, out var reason);
        if (chunks.Count == 0)
        {
            await transaction.ExecuteAsync(
                "update documents set status = 'failed', reason = @reason where id = @DocumentId", new { command.DocumentId, reason }, cancellation);
            LogFailed(command.DocumentId, reason);
            return;
        }

        // One statement per batch; heading paths travel joined, as PostgreSQL has no ragged arrays of arrays.
        foreach (var batch in chunks.Select((chunk, ordinal) => (chunk, ordinal)).Chunk(500))
        {
            await transaction.ExecuteAsync(
                """
                insert into chunks (document_id, ordinal, tenant, heading_path, text, span_start, span_end)
                select @DocumentId, ordinal, @Tenant, string_to_array(path, chr(10)), text, span_start, span_end
                from unnest(@ordinals, @paths, @texts, @starts, @ends) as c (ordinal, path, text, span_start, span_end)
                """,
                new
                {
                    command.DocumentId,
                    command.Tenant,
                    ordinals = batch.Select(item => item.ordinal).ToArray(),
                    paths = batch.Select(item => string.Join('\n', item.chunk.HeadingPath)).ToArray(),
                    texts = batch.Select(item => item.chunk.In(content)).ToArray(),
                    starts = batch.Select(item => item.chunk.Start).ToArray(),
                    ends = batch.Select(item => item.chunk.End).ToArray(),
                }, cancellation);
        }

        await transaction.PublishAsync(
            Guid.CreateVersion7(), new DocumentIndexed { DocumentId = command.DocumentId, Tenant = command.Tenant, Chunks = chunks.Count }, cancellation);
        // Last, because it locks the tenant's index version until the commit.
        await transaction.ExecuteAsync(
            "update documents set status = 'ready', chunks = @Count where id = @DocumentId", new { chunks.Count, command.DocumentId }, cancellation);
        LogReady(command.DocumentId, chunks.Count);
    }

    /// <summary>Splitting is pure: what fails once fails always, so a retry would only delay the bad news.</summary>
    private IReadOnlyList<Chunk> SplitOrNone(Guid id, string content, out string reason)
    {
        reason = "no-words";
        try
        {
            return Chunker.Split(content);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            reason = "unreadable";
            LogUnreadable(exception, id);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} is ready, {Chunks} chunks")]
    private partial void LogReady(Guid documentId, int chunks);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} has no passages: {Reason}")]
    private partial void LogFailed(Guid documentId, string reason);

    [LoggerMessage(LogLevel.Error, "Document {DocumentId} could not be split")]
    private partial void LogUnreadable(Exception exception, Guid documentId);
}
