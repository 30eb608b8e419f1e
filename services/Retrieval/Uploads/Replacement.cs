using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Uploads;

/// <summary>
/// Sends a new file on its way to take the place of a document's: what is found now stays so until the new passages are there. The document's row
/// is locked by who calls.
/// </summary>
internal static class Replacement
{
    public static async Task OrderAsync(
        TenantTransaction transaction, ReplacedDocument document, string fileName, FileFormat format, byte[] hash, byte[] bytes, CancellationToken cancellation)
    {
        await UploadedFiles.AddAsync(transaction, document.Tenant, document.Id, hash, bytes, cancellation);
        if (document.Status != Document.Ready)
            await BeginAnewAsync(transaction, document.Id, fileName, format, hash, cancellation);
        await Ingestions.OrderAsync(transaction, document.Tenant, document.Owner, document.Id, fileName, format, hash, cancellation);
    }

    /// <summary>A document that has no passages has nothing to keep.</summary>
    private static async Task BeginAnewAsync(TenantTransaction transaction, Guid id, string fileName, FileFormat format, byte[] hash, CancellationToken cancellation)
    {
        await UploadedFiles.KeepOnlyAsync(transaction, id, hash, cancellation);
        await transaction.ExecuteAsync(
            """
            update documents set status = 'processing', reason = null, content = '', characters = 0, pages = null, unread = '[]',
              file_name = @fileName, media_type = @mediaType, content_hash = @hash
            where id = @id
            """, new { id, fileName, mediaType = format.MediaType(), hash }, cancellation);
    }
}

/// <param name="Owner">As in <c>documents.owner</c>.</param>
/// <param name="Status">As in <c>documents.status</c>.</param>
internal sealed record ReplacedDocument(Guid Id, string Tenant, string Owner, string Status);
