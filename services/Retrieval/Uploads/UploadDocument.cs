using System.Security.Cryptography;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Stores a document and orders its ingestion in one transaction, so that none is stored and forgotten.</summary>
internal static class UploadDocument
{
    public static async Task<Results<Created<Document>, Accepted<Document>, Ok<Document>, ProblemResult>> HandleAsync(
        HttpRequest request, Caller caller, TenantDatabase database, OutboxSignal outbox, IOptions<RetrievalOptions> options,
        CancellationToken cancellation)
    {
        var (upload, problem) = await UploadReader.ReadAsync(request, options.Value, cancellation);
        if (upload is null)
            return problem!;
        if (UploadPlace.Choose(upload, caller, out var place) is { } wrongPlace)
            return wrongPlace;
        if (!DocumentTitle.TryChoose(upload, out var title))
            return UploadProblems.Title;

        var (document, isNew, refused) = await StoreAsync(upload, title, place, caller, database, options.Value.MaxDocumentsPerTenant, cancellation);
        if (document is null)
            return refused ?? UploadProblems.LimitReached(options.Value.MaxDocumentsPerTenant);
        if (document.Status == Document.Processing)
            outbox.Committed();
        if (!isNew && document.Status == Document.Ready)
            return TypedResults.Ok(document);

        document = await IngestionWait.ForAsync(document, request, caller, database, cancellation);
        var location = $"/api/retrieval/documents/{document.Id}";
        return document.Status == Document.Processing ? TypedResults.Accepted(location, document)
            : isNew ? TypedResults.Created(location, document)
            : TypedResults.Ok(document);
    }

    /// <returns>The new document; or the one this owner already has with the same content in the same place, ingested anew if it had failed.</returns>
    private static async Task<(Document? Document, bool IsNew, ProblemResult? Refused)> StoreAsync(
        UploadedFile upload, string title, UploadPlace place, Caller caller, TenantDatabase database, int limit, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(upload.Bytes);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await place.HoldAsync(transaction, cancellation) is { } refused)
            return (null, false, refused);
        var stored = await FindSameAsync(transaction, caller, place, hash, cancellation);
        var isNew = false;
        if (stored is null)
        {
            if (await DocumentScope.CountAsync(transaction, "documents", limit, cancellation) >= limit)
                return (null, false, null);
            stored = await transaction.SingleAsync<Document>(
                $"""
                 insert into documents (id, tenant, owner, visibility, collection_id, title, own_title, file_name, media_type, content, content_hash, characters, department)
                 values (@id, @Tenant, @UserId, @Visibility, @CollectionId, @title, @ownTitle, @FileName, @mediaType, '', @hash, 0, @FirstDepartment)
                 on conflict do nothing
                 returning {Document.Columns}
                 """,
                new
                {
                    id = Guid.CreateVersion7(),
                    caller.Tenant,
                    caller.UserId,
                    place.Visibility,
                    place.CollectionId,
                    title,
                    ownTitle = !string.IsNullOrWhiteSpace(upload.Title),
                    upload.FileName,
                    mediaType = upload.Format.MediaType(),
                    hash,
                    caller.FirstDepartment,
                }, cancellation);
            isNew = stored is not null;
            if (stored is not null)
                await UploadedFiles.AddAsync(transaction, caller.Tenant, stored.Id, hash, upload.Bytes, cancellation);
            // Somebody stored the same at the same moment; the insert has waited for that to commit.
            stored ??= await FindSameAsync(transaction, caller, place, hash, cancellation);
        }
        if (stored is null)
            return (null, false, null);

        if (stored.Status == Document.Failed)
            await transaction.ExecuteAsync("update documents set status = 'processing', reason = null where id = @Id", new { stored.Id }, cancellation);
        if (stored.Status != Document.Ready)
            await Ingestions.OrderAsync(transaction, caller.Tenant, caller.UserId, stored.Id, upload.FileName, upload.Format, hash, cancellation);
        stored = await ReadDocuments.FindAsync(transaction, stored.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        return (stored, isNew, null);
    }

    /// <summary>Locked, so that one whose indexing commits at this moment is seen as ready and not read once more.</summary>
    private static Task<Document?> FindSameAsync(TenantTransaction transaction, Caller caller, UploadPlace place, byte[] hash, CancellationToken cancellation)
        => transaction.SingleAsync<Document>(
            $"""
             select {Document.Columns} from documents
             where tenant = @Tenant and owner = @UserId and visibility = @Visibility and collection_id is not distinct from @CollectionId and content_hash = @hash
             for update
             """, new { caller.Tenant, caller.UserId, place.Visibility, place.CollectionId, hash }, cancellation);
}
