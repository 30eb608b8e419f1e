using System.Text.Json;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Sources;
using LLMoin.Retrieval.Usage;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>What changes in a document when its file has been read.</summary>
internal static class DocumentContent
{
    /// <summary>The file's text and passages become the document's, or the reason why it has none.</summary>
    public static async Task ReplaceAsync(
        TenantTransaction transaction, IndexDocument command, Ingestions.FileThatWasRead file, ReadDocument? document, IReadOnlyList<Chunk> chunks, string? reason,
        CancellationToken cancellation)
    {
        await ReadingUsage.SayAsync(transaction, command, file, document, failed: reason is not null, cancellation);
        await transaction.ExecuteAsync(
            """
            delete from chunks where document_id = @DocumentId;
            delete from document_files where document_id = @DocumentId and content_hash <> @ContentHash;
            delete from ingestions where document_id = @DocumentId
            """, new { command.DocumentId, file.ContentHash }, cancellation);
        if (document is not null)
            await ChunkStore.AddAsync(transaction, command, document.Text, chunks, cancellation);
        if (reason is null)
            await transaction.PublishAsync(
                Guid.CreateVersion7(), new DocumentIndexed { DocumentId = command.DocumentId, Tenant = command.Tenant, Chunks = chunks.Count }, cancellation);
        // Last, because it locks the tenant's index version until the commit.
        await transaction.ExecuteAsync(
            """
            update documents set status = @status, reason = @reason, chunks = @Count, content = @content, characters = @Length, pages = @pages, page_starts = @pageStarts, unread = @unread::jsonb,
              title = case when own_title then title else coalesce(@title, title) end, file_name = @FileName, media_type = @MediaType, content_hash = @ContentHash
            where id = @DocumentId
            """,
            new
            {
                status = reason is null ? "ready" : "failed",
                reason,
                chunks.Count,
                content = document?.Text ?? "",
                (document?.Text ?? "").Length,
                pages = document?.Pages,
                pageStarts = (document?.PageStarts ?? []).ToArray(),
                unread = JsonSerializer.Serialize(document?.Unread ?? [], JsonSerializerOptions.Web),
                title = document?.Title,
                file.FileName,
                file.MediaType,
                file.ContentHash,
                command.DocumentId,
            }, cancellation);
    }

    /// <summary>
    /// The file gives no text. A document that has one keeps it, and its owner reads why; but one that mirrors a source goes, because it no longer
    /// says what the source says.
    /// </summary>
    public static Task RefuseAsync(
        TenantTransaction transaction, IndexDocument command, Ingestions.FileThatWasRead file, ReadDocument? document, string reason, bool wasReady, CancellationToken cancellation)
        => wasReady && !SourceOwner.Is(command.UserId)
            ? KeepOldAsync(transaction, command, file, document, reason, cancellation)
            : ReplaceAsync(transaction, command, file, document, [], reason, cancellation);

    private static async Task KeepOldAsync(
        TenantTransaction transaction, IndexDocument command, Ingestions.FileThatWasRead file, ReadDocument? document, string reason, CancellationToken cancellation)
    {
        await ReadingUsage.SayAsync(transaction, command, file, document, failed: true, cancellation);
        await transaction.ExecuteAsync(
            """
            update ingestions set stage = 'failed', reason = @reason, outcome = null where document_id = @DocumentId;
            delete from document_files where document_id = @DocumentId and content_hash <> (select content_hash from documents where id = @DocumentId)
            """, new { command.DocumentId, reason }, cancellation);
    }

    /// <summary>The owner has another document with this content and these readers.</summary>
    public static Task<bool> IsElsewhereAsync(TenantTransaction transaction, Guid documentId, byte[] hash, CancellationToken cancellation)
        => transaction.SingleAsync<bool>(
            """
            select exists (select from documents d join documents other using (tenant, owner, visibility)
              where d.id = @documentId and other.id <> d.id and other.collection_id is not distinct from d.collection_id and other.content_hash = @hash)
            """, new { documentId, hash }, cancellation);
}
