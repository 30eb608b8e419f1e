using System.Text.Json;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// The way of a document's file from its upload to its passages, a row each: waiting, reading, indexing, gone. Each step names the
/// content it worked on and the stage it ends: a command that comes twice, or too late for a newer file, changes nothing.
/// </summary>
internal static class Ingestions
{
    public const string Waiting = "waiting";
    public const string Reading = "reading";
    public const string Indexing = "indexing";
    public const string Failed = "failed";

    /// <summary>Sends a file on its way, in the transaction that stores it. One that is on its way keeps its stage; its command comes once more, as the first may be a dead letter.</summary>
    public static async Task OrderAsync(
        TenantTransaction transaction, string tenant, string owner, Guid documentId, string fileName, FileFormat format, byte[] hash, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            """
            insert into ingestions as i (document_id, tenant, content_hash, file_name, media_type) values (@documentId, @tenant, @hash, @fileName, @mediaType)
            on conflict (document_id) do update set content_hash = excluded.content_hash, file_name = excluded.file_name, media_type = excluded.media_type,
              stage = 'waiting', part = null, page = null, pages = null, outcome = null, reason = null, reading_id = gen_random_uuid(), ordered_at = now()
              where i.content_hash <> excluded.content_hash or i.stage = 'failed'
            """, new { documentId, tenant, hash, fileName, mediaType = format.MediaType() }, cancellation);
        await transaction.PublishAsync(
            Guid.CreateVersion7(), new IngestDocument { DocumentId = documentId, Tenant = tenant, UserId = owner }, cancellation);
    }

    /// <returns>The file to read; null when it is read already, or nobody waits for it any more.</returns>
    public static Task<WaitingFile?> BeginReadingAsync(TenantTransaction transaction, Guid documentId, CancellationToken cancellation)
        => transaction.SingleAsync<WaitingFile>(
            """
            update ingestions i set stage = 'reading' from document_files f
            where i.document_id = @documentId and i.stage in ('waiting', 'reading') and f.document_id = i.document_id and f.content_hash = i.content_hash
            returning i.file_name, i.content_hash, f.bytes
            """, new { documentId }, cancellation);

    /// <returns>False when nobody waits for this content any more.</returns>
    public static async Task<bool> NoteAsync(TenantTransaction transaction, Guid documentId, byte[] hash, ReadingProgress progress, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            "update ingestions set part = @Part, page = @Page, pages = @Pages where document_id = @documentId and content_hash = @hash and stage = 'reading'",
            new { documentId, hash, progress.Part, progress.Page, progress.Pages }, cancellation) == 1;

    /// <returns>False when nobody waits for this content any more, or it was read by another command.</returns>
    public static async Task<bool> EndReadingAsync(TenantTransaction transaction, Guid documentId, byte[] hash, ReadingOutcome outcome, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            "update ingestions set stage = 'indexing', part = null, page = null, pages = null, outcome = @json where document_id = @documentId and content_hash = @hash and stage = 'reading'",
            new { documentId, hash, json = JsonSerializer.Serialize(outcome, ReadingJson.Default.ReadingOutcome) }, cancellation) == 1;

    /// <returns>What reading made of the file; null when nothing waits to be indexed.</returns>
    public static Task<FileThatWasRead?> FindReadAsync(TenantTransaction transaction, Guid documentId, CancellationToken cancellation)
        => transaction.SingleAsync<FileThatWasRead>(
            "select file_name, media_type, content_hash, outcome, reading_id, ordered_at from ingestions where document_id = @documentId and stage = 'indexing'", new { documentId }, cancellation);

    /// <summary>The file on its way, whatever its stage; null where none is.</summary>
    public static Task<FileThatWasRead?> FindAsync(TenantTransaction transaction, Guid documentId, CancellationToken cancellation)
        => transaction.SingleAsync<FileThatWasRead>(
            "select file_name, media_type, content_hash, '' as outcome, reading_id, ordered_at from ingestions where document_id = @documentId and stage <> 'failed'", new { documentId }, cancellation);

    internal sealed record WaitingFile(string FileName, byte[] ContentHash, byte[] Bytes);

    /// <param name="ReadingId">Of this order to read it.</param>
    /// <param name="OrderedAt">UTC.</param>
    internal sealed record FileThatWasRead(string FileName, string MediaType, byte[] ContentHash, string Outcome, Guid ReadingId, DateTime OrderedAt);
}
