using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Sources.Mirroring;

/// <summary>An item as it was last mirrored.</summary>
internal sealed record MirroredItem
{
    public const string Columns = "item_id, parent_id, is_folder, name, web_address, media_type, size, version, readers, document_id, reason, attempts";

    public required string ItemId { get; init; }

    public string? ParentId { get; init; }

    public required bool IsFolder { get; init; }

    public required string Name { get; init; }

    public string? WebAddress { get; init; }

    public string? MediaType { get; init; }

    public required long Size { get; init; }

    public required string Version { get; init; }

    /// <summary>Null: the collection's.</summary>
    public string[]? Readers { get; init; }

    public Guid? DocumentId { get; init; }

    public string? Reason { get; init; }

    public required int Attempts { get; init; }

    public SourceItem Item => new(ItemId, ParentId, IsFolder, Name, WebAddress, MediaType, Size, Version);
}

/// <summary>What is known of a source's items.</summary>
internal sealed class ItemStore(SourceScope scope, TimeProvider clock)
{
    private const string Below =
        """
        with recursive below as (
          select item_id from source_items where source_id = @Id and parent_id = @itemId
          union select i.item_id from source_items i join below b on i.parent_id = b.item_id where i.source_id = @Id)
        """;

    private Guid Id => scope.Source.Id;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyDictionary<string, MirroredItem>> FindAsync(string[] ids, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        var rows = await transaction.QueryAsync<MirroredItem>(
            $"select {MirroredItem.Columns} from source_items where source_id = @Id and item_id = any (@ids)", new { Id, ids }, cancellation);
        return rows.ToDictionary(row => row.ItemId, StringComparer.Ordinal);
    }

    /// <summary>Items to be tried again by now.</summary>
    public async Task<IReadOnlyList<MirroredItem>> RetriesAsync(int limit, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        return await transaction.QueryAsync<MirroredItem>(
            $"select {MirroredItem.Columns} from source_items where source_id = @Id and retry_at <= @Now order by retry_at limit @limit",
            new { Id, Now, limit }, cancellation);
    }

    /// <summary>Notes that a listing has named unchanged items.</summary>
    public async Task SeenAsync(string[] ids, long listing, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        await transaction.ExecuteAsync(
            "update source_items set listing = @listing where source_id = @Id and item_id = any (@ids)", new { Id, ids, listing }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Notes that a listing has named items as empty that have a document. It stays, and no version counts as mirrored: the next listing decides.</summary>
    public async Task DoubtAsync(string[] ids, long listing, CancellationToken cancellation)
    {
        if (ids.Length == 0)
            return;
        await using var transaction = await scope.BeginAsync(cancellation);
        await transaction.ExecuteAsync(
            "update source_items set listing = @listing, version = '', reason = @Code, retry_at = null where source_id = @Id and item_id = any (@ids)",
            new { Id, ids, listing, SourceReason.Empty.Code }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <param name="transaction">That of the effect.</param>
    /// <param name="item">As the source has it.</param>
    /// <param name="readers">Who may read it; null: the collection's readers.</param>
    /// <param name="listing">The listing that named it.</param>
    /// <param name="state">What has become of it.</param>
    /// <param name="cancellation">Ends the statement.</param>
    public Task SaveAsync(
        TenantTransaction transaction, SourceItem item, string[]? readers, long listing, ItemState state, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            insert into source_items (source_id, item_id, tenant, parent_id, is_folder, name, web_address, media_type, size, version,
              readers, readers_read_at, listing, document_id, reason, attempts, retry_at)
            values (@source, @Id, @Tenant, @ParentId, @IsFolder, @Name, @WebAddress, @MediaType, @Size, @Version,
              @readers, @Now, @listing, @DocumentId, @Reason, @Attempts, @RetryAt)
            on conflict (source_id, item_id) do update set parent_id = excluded.parent_id, is_folder = excluded.is_folder, name = excluded.name,
              web_address = excluded.web_address, media_type = excluded.media_type, size = excluded.size, version = excluded.version,
              readers = excluded.readers, readers_read_at = excluded.readers_read_at, listing = excluded.listing,
              document_id = excluded.document_id, reason = excluded.reason, attempts = excluded.attempts, retry_at = excluded.retry_at
            """,
            new
            {
                source = Id,
                item.Id,
                scope.Source.Tenant,
                item.ParentId,
                item.IsFolder,
                item.Name,
                item.WebAddress,
                item.MediaType,
                item.Size,
                item.Version,
                readers,
                Now,
                listing,
                state.DocumentId,
                state.Reason,
                state.Attempts,
                state.RetryAt,
            }, cancellation);

    /// <summary>The same content under new circumstances: another place, other readers.</summary>
    public Task TouchAsync(TenantTransaction transaction, SourceItem item, string[]? readers, long listing, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            update source_items set parent_id = @ParentId, web_address = @WebAddress, readers = @readers, readers_read_at = @Now, listing = @listing
            where source_id = @source and item_id = @Id
            """, new { source = Id, item.Id, item.ParentId, item.WebAddress, readers, Now, listing }, cancellation);

    /// <summary>The readers of everything below a folder are to be asked for at once.</summary>
    public Task DoubtBelowAsync(TenantTransaction transaction, string itemId, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            $"{Below} update source_items set readers_read_at = null where source_id = @Id and item_id in (select item_id from below)", new { Id, itemId }, cancellation);

    /// <summary>
    /// Readers noted in the round that ends, or the one before, are to be asked for once more where they differ from those of the folder above:
    /// they may be what the folder had for a while, which it does not show once that is taken back.
    /// </summary>
    public Task DoubtRecentAsync(TenantTransaction transaction, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            update source_items i set readers_read_at = null from source_items above, sources s
            where i.source_id = @Id and above.source_id = @Id and s.id = @Id and above.item_id = i.parent_id
              and i.readers_round >= s.round - 1 and i.readers is distinct from above.readers
            """, new { Id }, cancellation);

    /// <summary>Forgets an item and, of a folder, all below it.</summary>
    /// <returns>Their documents.</returns>
    public Task<IReadOnlyList<Guid>> ForgetAsync(TenantTransaction transaction, string itemId, CancellationToken cancellation)
        => DocumentsAsync(transaction,
            $"{Below} delete from source_items where source_id = @Id and (item_id = @itemId or item_id in (select item_id from below)) returning document_id",
            new { Id, itemId }, cancellation);

    /// <summary>Forgets up to <paramref name="limit"/> items that the listing has not named.</summary>
    /// <returns>Their documents, and how many items they were.</returns>
    public async Task<(IReadOnlyList<Guid> Documents, int Items)> ForgetUnlistedAsync(
        TenantTransaction transaction, long listing, int limit, CancellationToken cancellation)
    {
        var forgotten = await transaction.QueryAsync<Guid?>(
            """
            delete from source_items where source_id = @Id and item_id in
              (select item_id from source_items where source_id = @Id and listing < @listing limit @limit)
            returning document_id
            """, new { Id, listing, limit }, cancellation);
        return ([.. forgotten.OfType<Guid>()], forgotten.Count);
    }

    private static async Task<IReadOnlyList<Guid>> DocumentsAsync(TenantTransaction transaction, string sql, object parameters, CancellationToken cancellation)
        => [.. (await transaction.QueryAsync<Guid?>(sql, parameters, cancellation)).OfType<Guid>()];
}

/// <param name="DocumentId">Its document, where it has one.</param>
/// <param name="Reason">Why it has none, or an old one.</param>
/// <param name="Attempts">How often that has happened.</param>
/// <param name="RetryAt">When it is tried again.</param>
internal readonly record struct ItemState(Guid? DocumentId, string? Reason = null, int Attempts = 0, DateTime? RetryAt = null);
