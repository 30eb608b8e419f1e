using LLMoin.Retrieval.Uploads;

namespace LLMoin.Retrieval.Sources.Mirroring;

/// <summary>
/// One synchronisation: page by page, each item in a transaction of its own and the cursor after the page. Cut off anywhere, the next
/// run repeats at most one page, in which what is done already is recognised by its version.
/// </summary>
internal sealed class SyncRun(
    SourceScope scope, ISourceConnector connector, ItemStore items, DocumentMirror documents, ReaderRefresh refresh, RetrievalOptions limits, SourceOptions options)
{
    private const int RetriesAtOnce = 100;

    /// <summary>Files between two looks at the clock: revocations do not wait for a long page.</summary>
    private const int FilesAtOnce = 20;

    private readonly Source _source = scope.Source;
    private string? _cursor = scope.Source.Cursor;
    private long _listing = scope.Source.Listing;
    private bool _listingAll = scope.Source.ListingAll;
    private long _room;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await refresh.IfTimeAsync(cancellation);
        await RetryAsync(cancellation);
        var startedOver = false;
        for (var isLast = false; !isLast;)
        {
            if (_cursor is null)
                await SaveAsync(null, _listing + 1, listingAll: true, endsRound: false, cancellation);
            ChangePage page;
            try
            {
                page = await connector.ChangesAsync(_source, _cursor, cancellation);
            }
            catch (CursorLostException lost)
            {
                if (startedOver)
                    throw new SourceException(SourceReason.Busy, null, lost);
                startedOver = true;
                await SaveAsync(null, _listing, _listingAll, endsRound: false, cancellation);
                continue;
            }

            await ApplyAsync(page, cancellation);
            isLast = page.IsLast;
            if (isLast && _listingAll)
                await documents.SweepAsync(_listing, cancellation);
            await SaveAsync(page.Cursor, _listing, _listingAll && !isLast, endsRound: isLast, cancellation);
            await refresh.AfterPageAsync(cancellation);
        }
    }

    private async Task RetryAsync(CancellationToken cancellation)
    {
        var due = await items.RetriesAsync(RetriesAtOnce, cancellation);
        await FilesAsync([.. due.Select(row => (row.Item, (MirroredItem?)row, true))], cancellation);
    }

    /// <summary>Folders first, so that they are known above their files; removals last, so that what was moved out of a folder is not under it any more.</summary>
    private async Task ApplyAsync(ChangePage page, CancellationToken cancellation)
    {
        // Of several changes of an item the last one counts.
        var changes = page.Changes.GroupBy(change => change.Id, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        var known = await items.FindAsync([.. changes.Select(change => change.Id)], cancellation);
        foreach (var change in changes)
        {
            if (change.Item is { IsFolder: true } folder)
                await FolderAsync(folder, known.GetValueOrDefault(folder.Id), cancellation);
        }

        var files = changes.Select(change => change.Item).OfType<SourceItem>().Where(item => !item.IsFolder)
            .Select(item => (Item: item, Known: known.GetValueOrDefault(item.Id), false)).ToList();
        if (!connector.HasReaders)
        {
            await items.SeenAsync([.. files.Where(IsUnchanged).Select(file => file.Item.Id)], _listing, cancellation);
            files.RemoveAll(IsUnchanged);
        }

        // A file is empty for a moment while it is saved: where the next run lists all again, only that one believes it.
        var emptied = page.Cursor is null ? files.Where(HasJustBeenEmptied).ToList() : [];
        await items.DoubtAsync([.. emptied.Select(file => file.Item.Id)], _listing, cancellation);
        await FilesAsync([.. files.Except(emptied)], cancellation);
        foreach (var change in changes.Where(change => change.Item is null))
            await documents.RemoveAsync(change.Id, cancellation);
    }

    private static bool IsUnchanged((SourceItem Item, MirroredItem? Known, bool Again) file) => !file.Again && file.Known?.Version == file.Item.Version;

    private static bool HasJustBeenEmptied((SourceItem Item, MirroredItem? Known, bool Again) file)
        => file is { Item.Size: 0, Known: { DocumentId: not null } known } && known.Reason != SourceReason.Empty.Code;

    private async Task FilesAsync(List<(SourceItem Item, MirroredItem? Known, bool Again)> files, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        foreach (var batch in files.Chunk(FilesAtOnce))
        {
            await refresh.IfTimeAsync(cancellation);
            _room = await documents.RoomAsync(limits.MaxDocumentsPerTenant, cancellation);
            await Parallel.ForEachAsync(batch, parallel, async (file, token) => await FileAsync(file.Item, file.Known, IsUnchanged(file), token));
        }
    }

    private async Task FolderAsync(SourceItem folder, MirroredItem? known, CancellationToken cancellation)
    {
        string[]? readers = null;
        try
        {
            if (connector.HasReaders)
                readers = await connector.ReadersAsync(_source, folder.Id, cancellation);
        }
        catch (ItemException)
        {
            // A folder's readers only tell whether to ask about what is in it; unknown ones say yes.
        }

        await using var transaction = await scope.BeginAsync(cancellation);
        await items.SaveAsync(transaction, folder, readers, _listing, default, cancellation);
        if (readers is null || known is null || known.ParentId != folder.ParentId || !readers.SequenceEqual(known.Readers ?? []))
            await items.DoubtBelowAsync(transaction, folder.Id, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task FileAsync(SourceItem item, MirroredItem? known, bool isUnchanged, CancellationToken cancellation)
    {
        string[]? readers = null;
        try
        {
            // Before the content: who loses it in between loses it with the next question, nobody gains it unasked.
            if (connector.HasReaders)
                readers = await connector.ReadersAsync(_source, item.Id, cancellation);
            if (isUnchanged)
            {
                await documents.KeepAsync(item, readers, _listing, known!, cancellation);
                return;
            }

            var limit = Math.Max(limits.MaxFileBytes, limits.MaxTextBytes);
            if (item.Size == 0)
                throw new ItemException(SourceReason.Empty, isLasting: true);
            if (item.Size > limit)
                throw new ItemException(SourceReason.TooLarge, isLasting: true);
            if (known?.DocumentId is null && Interlocked.Decrement(ref _room) < 0)
                throw new ItemException(SourceReason.Full, isLasting: false);
            var bytes = await connector.ReadAsync(_source, item, limit, cancellation);
            if (UploadReader.Check(ref bytes, item.Name, null, limits, out var format) is { } problem)
                throw new ItemException(problem.Type.Status == StatusCodes.Status413PayloadTooLarge ? SourceReason.TooLarge : SourceReason.Unsupported, isLasting: true);
            await documents.StoreAsync(item, readers, bytes, format, _listing, known, cancellation);
        }
        catch (ItemException failure)
        {
            await documents.FailAsync(item, readers, failure, _listing, known, cancellation);
        }
    }

    /// <summary>Only where it stands as this run left it: a second run, which the lock forbids, would end here.</summary>
    private async Task SaveAsync(string? cursor, long listing, bool listingAll, bool endsRound, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        if (endsRound && connector.HasReaders)
            await items.DoubtRecentAsync(transaction, cancellation);
        var moved = await transaction.ExecuteAsync(
            """
            update sources set cursor = @cursor, listing = @listing, listing_all = @listingAll, round = round + @endsRound::int
            where id = @Id and cursor is not distinct from @_cursor and listing = @_listing
            """, new { cursor, listing, listingAll, endsRound, _source.Id, _cursor, _listing }, cancellation);
        if (moved == 0)
            throw new SourceGoneException();
        await transaction.CommitAsync(cancellation);
        (_cursor, _listing, _listingAll) = (cursor, listing, listingAll);
    }
}
