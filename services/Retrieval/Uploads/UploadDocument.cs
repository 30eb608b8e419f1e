using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Stores a document and orders its ingestion in one transaction, so that none is stored and forgotten.</summary>
internal static class UploadDocument
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(40);

    public static async Task<Results<Created<Document>, Accepted<Document>, Ok<Document>, ProblemResult>> HandleAsync(
        HttpRequest request, Caller caller, TenantDatabase database, OutboxSignal outbox, IOptions<RetrievalOptions> options,
        CancellationToken cancellation)
    {
        var (upload, problem) = await UploadReader.ReadAsync(request, options.Value.MaxTextBytes, cancellation);
        if (upload is null)
            return problem!;
        var visibility = string.IsNullOrEmpty(upload.Visibility) ? Document.Private : upload.Visibility;
        if (visibility is not (Document.Private or Document.Tenant))
            return UploadProblems.Visibility;
        if (visibility == Document.Tenant && !caller.Is(Roles.SourceManager) && !caller.Is(Roles.TenantAdmin))
            return UploadProblems.MayNotShare;
        if (!DocumentTitle.TryChoose(upload, out var title))
            return UploadProblems.Title;

        var (document, isNew) = await StoreAsync(upload, title, visibility, caller, database, options.Value.MaxDocumentsPerTenant, cancellation);
        if (document is null)
            return UploadProblems.LimitReached(options.Value.MaxDocumentsPerTenant);
        if (document.Status == Document.Processing)
            outbox.Committed();
        if (!isNew && document.Status == Document.Ready)
            return TypedResults.Ok(document);

        if (PreferWait.Of(request) is { } wait)
        {
            request.HttpContext.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)wait.TotalSeconds}");
            document = await WaitAsync(document, wait, caller, database, cancellation);
        }

        var location = $"/api/retrieval/documents/{document.Id}";
        return document.Status == Document.Processing ? TypedResults.Accepted(location, document)
            : isNew ? TypedResults.Created(location, document)
            : TypedResults.Ok(document);
    }

    /// <returns>The new document; or the one this owner already has with the same text, ingested anew if it had failed.</returns>
    private static async Task<(Document? Document, bool IsNew)> StoreAsync(
        UploadedText upload, string title, string visibility, Caller caller, TenantDatabase database, int limit, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(upload.Text));
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var stored = await FindSameAsync(transaction, caller, hash, cancellation);
        var isNew = false;
        if (stored is null)
        {
            if (await DocumentScope.CountAsync(transaction, limit, cancellation) >= limit)
                return (null, false);
            stored = await transaction.SingleAsync<Document>(
                $"""
                 insert into documents (id, tenant, owner, visibility, title, file_name, content, content_hash, characters)
                 values (@id, @Tenant, @UserId, @visibility, @title, @FileName, @Text, @hash, @Length)
                 on conflict (tenant, owner, content_hash) do nothing
                 returning {Document.Columns}
                 """,
                new { id = Guid.CreateVersion7(), caller.Tenant, caller.UserId, visibility, title, upload.FileName, upload.Text, hash, upload.Text.Length }, cancellation);
            isNew = stored is not null;
            // Somebody stored the same at the same moment; the insert has waited for that to commit.
            stored ??= await FindSameAsync(transaction, caller, hash, cancellation);
        }
        if (stored is null)
            return (null, false);

        if (stored.Status == Document.Failed)
            stored = await transaction.SingleAsync<Document>(
                $"update documents set status = 'processing', reason = null where id = @Id returning {Document.Columns}", new { stored.Id }, cancellation);
        if (stored!.Status == Document.Processing)
            await transaction.PublishAsync(
                Guid.CreateVersion7(), new IngestDocument { DocumentId = stored.Id, Tenant = caller.Tenant, UserId = caller.UserId }, cancellation);
        await transaction.CommitAsync(cancellation);
        return (stored, isNew);
    }

    private static Task<Document?> FindSameAsync(TenantTransaction transaction, Caller caller, byte[] hash, CancellationToken cancellation)
        => transaction.SingleAsync<Document>(
            $"select {Document.Columns} from documents where tenant = @Tenant and owner = @UserId and content_hash = @hash",
            new { caller.Tenant, caller.UserId, hash }, cancellation);

    private static async Task<Document> WaitAsync(Document document, TimeSpan wait, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        var until = DateTime.UtcNow + wait;
        while (document.Status == Document.Processing && DateTime.UtcNow < until)
        {
            await Task.Delay(PollEvery, cancellation);
            if (await ReadDocuments.FindAsync(document.Id, caller, database, cancellation) is not { } current)
                break;
            document = current;
        }

        return document;
    }
}
