using System.Security.Cryptography;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Ingestion;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Uploads;

/// <summary>
/// Puts another file in the place of a document's. Text, passages and file stay as they are until the new ones are there; the title
/// that was given and the readers stay anyway.
/// </summary>
internal static class ReplaceFile
{
    public static async Task<Results<Ok<Document>, Accepted<Document>, ProblemResult>> HandleAsync(
        Guid id, HttpRequest request, Caller caller, TenantDatabase database, OutboxSignal outbox, IOptions<RetrievalOptions> options,
        CancellationToken cancellation)
    {
        var (upload, problem) = await UploadReader.ReadAsync(request, options.Value, cancellation);
        if (upload is null)
            return problem!;
        var (stored, refused) = await StoreAsync(id, upload, caller, database, cancellation);
        if (stored is null)
            return refused!;
        outbox.Committed();
        var document = await IngestionWait.ForAsync(stored, request, caller, database, cancellation);
        return document.IsOnItsWay ? TypedResults.Accepted($"/api/retrieval/documents/{id}", document) : TypedResults.Ok(document);
    }

    private static async Task<(Document? Stored, ProblemResult? Refused)> StoreAsync(
        Guid id, UploadedFile upload, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(upload.Bytes);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await transaction.SingleAsync<string>("select owner from documents where id = @id", new { id }, cancellation) is not { } owner)
            return (null, ReadDocuments.NoSuchDocument);
        // Only what one may change can be locked: to others the row is not there.
        if (owner != caller.UserId
            || await transaction.SingleAsync<Current>("select status, content_hash from documents where id = @id for update", new { id }, cancellation) is not { } current)
            return (null, UploadProblems.MayNotReplace);
        if (await DocumentContent.IsElsewhereAsync(transaction, id, hash, cancellation))
            return (null, UploadProblems.Duplicate);

        if (current.Status == Document.Ready && hash.AsSpan().SequenceEqual(current.ContentHash))
        {
            // It has this content; another that was to replace it is wanted no more.
            await transaction.ExecuteAsync("delete from ingestions where document_id = @id", new { id }, cancellation);
            await UploadedFiles.KeepOnlyAsync(transaction, id, hash, cancellation);
        }
        else
        {
            await Replacement.OrderAsync(
                transaction, new ReplacedDocument(id, caller.Tenant, caller.UserId, current.Status), upload.FileName, upload.Format, hash, upload.Bytes, cancellation);
        }

        var document = await ReadDocuments.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return (document, null);
    }

    private sealed record Current(string Status, byte[] ContentHash);
}
