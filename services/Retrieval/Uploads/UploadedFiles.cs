using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Uploads;

/// <summary>The bytes that were uploaded, once for each content of a document.</summary>
internal static class UploadedFiles
{
    public static Task AddAsync(TenantTransaction transaction, string tenant, Guid documentId, byte[] hash, byte[] bytes, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            "insert into document_files (document_id, content_hash, tenant, bytes) values (@documentId, @hash, @tenant, @bytes) on conflict do nothing",
            new { documentId, hash, tenant, bytes }, cancellation);

    public static Task KeepOnlyAsync(TenantTransaction transaction, Guid documentId, byte[] hash, CancellationToken cancellation)
        => transaction.ExecuteAsync("delete from document_files where document_id = @documentId and content_hash <> @hash", new { documentId, hash }, cancellation);
}
