namespace LLMoin.Retrieval.Sources;

/// <summary>
/// A kind of source. It says what has changed and hands items over; what becomes of them, and who did what up to where, is not its
/// business. It throws <see cref="SourceException"/> where the source as a whole cannot be asked and <see cref="ItemException"/> where
/// one item cannot.
/// </summary>
internal interface ISourceConnector
{
    /// <summary><c>folder</c> or <c>sharepoint</c>.</summary>
    string Kind { get; }

    /// <summary>Whether each item has readers of its own; else the collection's readers read all.</summary>
    bool HasReaders { get; }

    /// <summary>Whether this tenant may connect this place.</summary>
    bool IsAllowed(string tenant, string place);

    /// <summary>One page of changes.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cursor">Where the page before ended; null: everything there is, from the beginning.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="CursorLostException">The source no longer knows the cursor: begin again.</exception>
    Task<ChangePage> ChangesAsync(Source source, string? cursor, CancellationToken cancellation);

    /// <summary>The principals who may read the item at this moment; empty for nobody.</summary>
    Task<string[]> ReadersAsync(Source source, string itemId, CancellationToken cancellation);

    /// <summary>The principals of all people in a group, those in groups within it too.</summary>
    Task<string[]> MembersAsync(Source source, string groupId, CancellationToken cancellation);

    /// <summary>The item's content.</summary>
    /// <param name="source">The source.</param>
    /// <param name="item">The item.</param>
    /// <param name="limit">Most bytes; a longer item is refused, not cut.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<byte[]> ReadAsync(Source source, SourceItem item, int limit, CancellationToken cancellation);

    /// <summary>Calls back when something may have changed, as far as the source can tell; null where it cannot.</summary>
    IDisposable? Watch(Source source, Action changed) => null;
}

/// <summary>A file or folder of a source.</summary>
/// <param name="Id">The source's own id, at most once in a source.</param>
/// <param name="ParentId">The folder that it is in; null at the top and where the source does not say.</param>
/// <param name="WebAddress">Where people open it, or null.</param>
/// <param name="MediaType">As the source says, or null.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Version">Changes with the content or the name.</param>
internal sealed record SourceItem(string Id, string? ParentId, bool IsFolder, string Name, string? WebAddress, string? MediaType, long Size, string Version);

/// <param name="Item">As it is now; null where it is gone.</param>
internal readonly record struct SourceChange(string Id, SourceItem? Item);

/// <param name="Cursor">Where the next page begins; null: again at the beginning of everything.</param>
/// <param name="IsLast">Whether there is no more for now.</param>
internal sealed record ChangePage(IReadOnlyList<SourceChange> Changes, string? Cursor, bool IsLast);

internal sealed class CursorLostException() : Exception("The source no longer knows the cursor.");

/// <summary>The source cannot be asked; it is tried again later.</summary>
/// <param name="reason">See <see cref="SourceReason"/>.</param>
/// <param name="retryAfter">When the source says to come back, or null.</param>
/// <param name="cause">What happened.</param>
internal sealed class SourceException(SourceReason reason, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(reason.Text, cause)
{
    public SourceReason Reason { get; } = reason;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>One item cannot be had.</summary>
/// <param name="reason">See <see cref="SourceReason"/>.</param>
/// <param name="isLasting">Whether it would fail the same way again until it changes.</param>
/// <param name="cause">What happened.</param>
internal sealed class ItemException(SourceReason reason, bool isLasting, Exception? cause = null) : Exception(reason.Text, cause)
{
    public SourceReason Reason { get; } = reason;

    public bool IsLasting { get; } = isLasting;
}
