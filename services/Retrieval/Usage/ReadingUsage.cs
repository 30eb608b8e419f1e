using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Sources;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Usage;

/// <summary>Says what reading a document in used, in the transaction that ends it.</summary>
internal static class ReadingUsage
{
    /// <param name="transaction">In which the document's row is locked and its file still there.</param>
    /// <param name="command">Whose document it is.</param>
    /// <param name="file">What was ordered to be read.</param>
    /// <param name="document">What came of it; null where nothing did.</param>
    /// <param name="failed">Whether the document has no passages from it.</param>
    /// <param name="cancellation">Ends the transaction.</param>
    public static async Task SayAsync(
        TenantTransaction transaction, IndexDocument command, Ingestions.FileThatWasRead file, ReadDocument? document, bool failed, CancellationToken cancellation)
    {
        var facts = await transaction.SingleAsync<Facts>(
            """
            select d.department, coalesce(octet_length(f.bytes), 0)::bigint as bytes
            from documents d left join document_files f on f.document_id = d.id and f.content_hash = @ContentHash where d.id = @DocumentId
            """, new { file.ContentHash, command.DocumentId }, cancellation);
        var now = DateTimeOffset.UtcNow;
        await transaction.PublishAsync(file.ReadingId, new ResourcesUsed
        {
            UsageId = file.ReadingId,
            Tenant = command.Tenant,
            UserId = SourceOwner.Is(command.UserId) ? "" : command.UserId,
            Department = facts?.Department,
            Kind = ResourceKind.Ingestion,
            Pages = document?.Pages ?? 0,
            Bytes = facts?.Bytes ?? 0,
            DurationMs = Math.Max(0, (long)(now.UtcDateTime - file.OrderedAt).TotalMilliseconds),
            Failed = failed,
            OccurredAt = now,
        }, cancellation);
    }

    private sealed record Facts(string? Department, long Bytes);
}
