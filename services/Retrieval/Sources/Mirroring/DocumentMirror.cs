using System.Security.Cryptography;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Uploads;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Sources.Mirroring;

/// <summary>
/// Turns items into documents. Changed content is read beside what is there, which is found until the new passages are there; a reading of older
/// content that is still under way then finds nothing to write to.
/// </summary>
internal sealed class DocumentMirror(SourceScope scope, ItemStore items, OutboxSignal outbox, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private Source Source => scope.Source;

    /// <summary>How many documents the tenant may still add.</summary>
    public async Task<long> RoomAsync(int limit, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        return limit - await DocumentScope.CountAsync(transaction, "documents", limit, cancellation);
    }

    /// <summary>Stores new or changed content and orders its ingestion; does neither where only the version has changed.</summary>
    public async Task StoreAsync(
        SourceItem item, string[]? readers, byte[] bytes, FileFormat format, long listing, MirroredItem? known, CancellationToken cancellation)
    {
        var (hash, fileName) = (SHA256.HashData(bytes), FileName.Clean(item.Name));
        await using var transaction = await scope.BeginAsync(cancellation);
        var isSame = known?.DocumentId is not null && await transaction.SingleAsync<bool?>(
            "select content_hash = @hash and file_name = @fileName and status <> 'failed' from documents where id = @DocumentId",
            new { hash, fileName, known.DocumentId }, cancellation) == true;
        var document = known?.DocumentId;
        if (isSame)
        {
            await StampAsync(transaction, document!.Value, readers, cancellation);
            // Changed and changed back: what is on its way in between is wanted no more.
            await transaction.ExecuteAsync("delete from ingestions where document_id = @document and content_hash <> @hash", new { document, hash }, cancellation);
            await UploadedFiles.KeepOnlyAsync(transaction, document.Value, hash, cancellation);
        }
        else
        {
            document = await ReplaceAsync(transaction, item, readers, bytes, hash, fileName, format, document, cancellation)
                ?? await AddAsync(transaction, item, readers, bytes, hash, fileName, format, cancellation);
        }

        await items.SaveAsync(transaction, item, readers, listing, new ItemState(document), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    /// <summary>Unchanged content: what may have changed is where it is and who reads it.</summary>
    public async Task KeepAsync(SourceItem item, string[]? readers, long listing, MirroredItem known, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        if (known.DocumentId is { } document)
            await StampAsync(transaction, document, readers, cancellation);
        await items.TouchAsync(transaction, item, readers, listing, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Notes why an item was not mirrored. Where that will pass, an earlier document stays, for the readers known last, until the next
    /// attempt; where it will not, the document goes, because it no longer says what the source says.
    /// </summary>
    public async Task FailAsync(
        SourceItem item, string[]? readers, ItemException failure, long listing, MirroredItem? known, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        var (document, attempts) = (known?.DocumentId, (known?.Attempts ?? 0) + 1);
        if (failure.IsLasting && document is { } old)
        {
            await DocumentRemoval.RemoveAsync(transaction, Source.Tenant, [old], cancellation);
            document = null;
        }
        else if (document is { } kept && readers is not null)
        {
            await StampAsync(transaction, kept, readers, cancellation);
        }

        DateTime? retryAt = failure.IsLasting ? null : (clock.GetUtcNow() + Wait(attempts)).UtcDateTime;
        await items.SaveAsync(
            transaction, item, readers ?? known?.Readers, listing, new ItemState(document, failure.Reason.Code, attempts, retryAt), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    public async Task RemoveAsync(string itemId, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        await DocumentRemoval.RemoveAsync(transaction, Source.Tenant, await items.ForgetAsync(transaction, itemId, cancellation), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    /// <summary>Removes what a listing of everything has not named.</summary>
    public async Task SweepAsync(long listing, CancellationToken cancellation)
    {
        const int AtOnce = 200;
        int swept;
        do
        {
            await using var transaction = await scope.BeginAsync(cancellation);
            (var documents, swept) = await items.ForgetUnlistedAsync(transaction, listing, AtOnce, cancellation);
            await DocumentRemoval.RemoveAsync(transaction, Source.Tenant, documents, cancellation);
            await transaction.CommitAsync(cancellation);
            outbox.Committed();
        }
        while (swept == AtOnce);
    }

    /// <summary>The database passes the readers on to the index in the same transaction.</summary>
    public static Task StampAsync(TenantTransaction transaction, Guid document, string[]? readers, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            "update documents set own_readers = @readers where id = @document and own_readers is distinct from @readers", new { document, readers }, cancellation);

    /// <returns>Null where there is no document to replace, or no longer.</returns>
    private async Task<Guid?> ReplaceAsync(
        TenantTransaction transaction, SourceItem item, string[]? readers, byte[] bytes, byte[] hash, string fileName, FileFormat format, Guid? document, CancellationToken cancellation)
    {
        if (document is not { } id || await transaction.SingleAsync<string>("select status from documents where id = @id for update", new { id }, cancellation) is not { } status)
            return null;
        await StampAsync(transaction, id, readers, cancellation);
        await Replacement.OrderAsync(
            transaction, new ReplacedDocument(id, Source.Tenant, SourceOwner.Of(Source.Id, item.Id), status), fileName, format, hash, bytes, cancellation);
        return id;
    }

    private async Task<Guid> AddAsync(
        TenantTransaction transaction, SourceItem item, string[]? readers, byte[] bytes, byte[] hash, string fileName, FileFormat format, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var owner = SourceOwner.Of(Source.Id, item.Id);
        await transaction.ExecuteAsync(
            """
            insert into documents (id, tenant, owner, visibility, collection_id, own_readers, title, own_title, file_name, media_type, content, content_hash, characters)
            values (@id, @Tenant, @owner, 'collection', @CollectionId, @readers, @title, false, @fileName, @mediaType, '', @hash, 0)
            """,
            new
            {
                id,
                Source.Tenant,
                owner,
                Source.CollectionId,
                readers,
                title = Path.GetFileNameWithoutExtension(fileName),
                fileName,
                mediaType = format.MediaType(),
                hash,
            }, cancellation);
        await UploadedFiles.AddAsync(transaction, Source.Tenant, id, hash, bytes, cancellation);
        await Ingestions.OrderAsync(transaction, Source.Tenant, owner, id, fileName, format, hash, cancellation);
        return id;
    }

    private static TimeSpan Wait(int attempts)
        => TimeSpan.FromMinutes(Math.Min(LongestWait.TotalMinutes, Math.Pow(2, Math.Min(attempts, 10) - 1)));
}
