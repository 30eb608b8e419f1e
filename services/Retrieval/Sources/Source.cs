namespace LLMoin.Retrieval.Sources;

/// <summary>A connected source as the service knows it.</summary>
internal sealed record Source
{
    public const string Columns = "id, tenant, collection_id, kind, name, place, cursor, listing, listing_all, state, reason, synced_at, created_at";

    public const string Syncing = "syncing";
    public const string Synced = "synced";
    public const string Failed = "failed";

    public required Guid Id { get; init; }

    public required string Tenant { get; init; }

    public required Guid CollectionId { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>The folder's path or the site's id.</summary>
    public required string Place { get; init; }

    /// <summary>Where the next page of changes begins; null at the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How often everything has been listed.</summary>
    public long Listing { get; init; }

    /// <summary>Whether everything is being listed, so that what is not named is gone.</summary>
    public bool ListingAll { get; init; }

    /// <summary><c>waiting</c> (for the first time), <c>syncing</c>, <c>synced</c> or <c>failed</c> (and tried again).</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    /// <summary>When it was last wholly in step.</summary>
    public DateTime? SyncedAt { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Kind"><c>folder</c> or <c>sharepoint</c>.</param>
/// <param name="Place">An absolute path, or the id of a SharePoint site as Graph writes it: host, two GUIDs, commas between them.</param>
/// <param name="CollectionId">The collection that its documents go into.</param>
internal sealed record NewSource(string? Name, string? Kind, string? Place, Guid? CollectionId);

/// <summary>A source as its managers see it.</summary>
/// <param name="State"><c>waiting</c>, <c>syncing</c>, <c>synced</c> or <c>failed</c>; a failed one is tried again by itself.</param>
/// <param name="Reason">Why it failed, a code such as <c>busy</c>.</param>
/// <param name="SyncedAt">When it was last wholly in step.</param>
internal sealed record SourceView(
    Guid Id, string Name, string Kind, string Place, Guid CollectionId, string State, string? Reason, string? ReasonText, string? ReasonTextDe, DateTime? SyncedAt,
    DateTime CreatedAt)
{
    public static SourceView Of(Source source) => new(
        source.Id, source.Name, source.Kind, source.Place, source.CollectionId, source.State, source.Reason, SourceReason.Of(source.Reason)?.Text,
        SourceReason.Of(source.Reason)?.TextDe, source.SyncedAt, source.CreatedAt);
}

/// <param name="Items">Files known in it.</param>
/// <param name="Ready">Of these, searchable.</param>
/// <param name="Processing">Being read.</param>
/// <param name="Failed">Not mirrored or not readable.</param>
internal sealed record SourceCounts(long Items, long Ready, long Processing, long Failed);

/// <param name="ItemId">The source's own id; for one whose name the caller may not know, too.</param>
/// <param name="Name">Null where the caller may not read the item.</param>
/// <param name="Reason">A code such as <c>too-large</c>.</param>
/// <param name="RetryAt">When it is tried again; null: once it has changed.</param>
internal sealed record SourceFailure(string ItemId, string? Name, string? WebAddress, string Reason, DateTime? RetryAt)
{
    public string? ReasonText => SourceReason.Of(Reason)?.Text;

    public string? ReasonTextDe => SourceReason.Of(Reason)?.TextDe;
}

/// <param name="Failures">At most 100, those tried again soonest first.</param>
internal sealed record SourceDetails(SourceView Source, SourceCounts Counts, IReadOnlyList<SourceFailure> Failures);
