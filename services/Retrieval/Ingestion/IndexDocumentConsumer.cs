using System.Text.Json;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// Second step: cuts what was read into passages and puts them in the place of those that the document had, with its text, file and
/// state, in one transaction. Until it commits the old passages are found, behind it the new ones.
/// </summary>
internal sealed partial class IndexDocumentConsumer(
    TenantDatabase database, GivingUp givingUp, OutboxSignal outbox, ILogger<IndexDocumentConsumer> logger) : IConsumer<IndexDocument>
{
    public Task Consume(ConsumeContext<IndexDocument> context)
        => givingUp.TryAsync(context, context.Message, () => IndexAsync(context.Message, context.CancellationToken));

    private async Task IndexAsync(IndexDocument command, CancellationToken cancellation)
    {
        if (await FindAsync(command, cancellation) is not { } file)
            return;
        var outcome = JsonSerializer.Deserialize(file.Outcome, ReadingJson.Default.ReadingOutcome)!;
        var (document, chunks, reason) = Split(command.DocumentId, outcome);

        await using var transaction = await DocumentScope.BeginAsync(database, command.Tenant, command.UserId, cancellation);
        // Locks the document first, as deletion and replacement do.
        var wasReady = await transaction.SingleAsync<bool?>("select status = 'ready' from documents where id = @DocumentId for update", new { command.DocumentId }, cancellation);
        if (wasReady is null || (await Ingestions.FindReadAsync(transaction, command.DocumentId, cancellation))?.ContentHash.AsSpan().SequenceEqual(file.ContentHash) != true)
            return;
        if (reason is null && await DocumentContent.IsElsewhereAsync(transaction, command.DocumentId, file.ContentHash, cancellation))
            reason = ReadingReason.Duplicate.Code;

        if (reason is not null)
            await DocumentContent.RefuseAsync(transaction, command, file, document, reason, wasReady == true, cancellation);
        else
            await DocumentContent.ReplaceAsync(transaction, command, file, document, chunks, null, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        if (reason is null) LogReady(command.DocumentId, chunks.Count, document!.Unread.Count);
        else LogFailed(command.DocumentId, reason);
    }

    private async Task<Ingestions.FileThatWasRead?> FindAsync(IndexDocument command, CancellationToken cancellation)
    {
        await using var transaction = await DocumentScope.BeginAsync(database, command.Tenant, command.UserId, cancellation);
        return await Ingestions.FindReadAsync(transaction, command.DocumentId, cancellation);
    }

    /// <summary>Splitting is pure: what fails once fails always, so a retry would only delay the bad news.</summary>
    private (ReadDocument? Document, IReadOnlyList<Chunk> Chunks, string? Reason) Split(Guid id, ReadingOutcome outcome)
    {
        if (outcome.Document is not { } document)
            return (null, [], outcome.Reason);
        try
        {
            var chunks = Chunker.Split(document.Text, document.PageAt);
            return (document, chunks, chunks.Count > 0 ? null : document.WhyEmpty.Code);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            LogUnreadable(exception, id);
            return (document, [], ReadingReason.Unreadable.Code);
        }
    }

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} is ready, {Chunks} chunks, {Unread} parts unread")]
    private partial void LogReady(Guid documentId, int chunks, int unread);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} has no passages: {Reason}")]
    private partial void LogFailed(Guid documentId, string reason);

    [LoggerMessage(LogLevel.Error, "Document {DocumentId} could not be split")]
    private partial void LogUnreadable(Exception exception, Guid documentId);
}
