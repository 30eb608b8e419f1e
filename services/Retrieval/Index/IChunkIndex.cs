using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Index;

/// <summary>Finds passages. Access is part of the question: what the caller may not see is no candidate.</summary>
internal interface IChunkIndex
{
    /// <returns>At most <see cref="ChunkQuery.Limit"/> hits, best first, over everything committed before the call.</returns>
    Task<Found> SearchAsync(Caller caller, ChunkQuery query, CancellationToken cancellation);
}

/// <param name="Hits">Best first.</param>
/// <param name="Kind">How they were found.</param>
/// <param name="Reason">Why by words alone; null when hybrid.</param>
internal sealed record Found(IReadOnlyList<ChunkHit> Hits, SearchKind Kind, string? Reason)
{
    /// <summary>What is asked for stands there literally: a reference, a file number, quoted words.</summary>
    public const string Literal = "literal";

    public const string NoVectors = "no-vectors-yet";

    /// <summary>With why the model gave no vector, where that is what kept the search to words. A literal question needs none.</summary>
    public Found Because(string? noVector) => Kind == SearchKind.Lexical && Reason != Literal ? this with { Reason = noVector ?? Reason } : this;
}

internal enum SearchKind
{
    /// <summary>By words alone.</summary>
    Lexical,

    /// <summary>By words and by meaning.</summary>
    Hybrid,
}

/// <param name="Text">What is asked, in natural German or as key words.</param>
/// <param name="Limit">Most hits wanted.</param>
/// <param name="DocumentIds">Only these documents, and those of the collections.</param>
/// <param name="CollectionIds">Only the documents of these collections, and those named. Where neither is there: all readable ones.</param>
internal sealed record ChunkQuery(string Text, int Limit, IReadOnlySet<Guid>? DocumentIds = null, IReadOnlySet<Guid>? CollectionIds = null)
{
    /// <summary>Whether a document of that collection, or of none, is among those asked about.</summary>
    public bool Wants(Guid document, Guid? collection)
        => (DocumentIds is null && CollectionIds is null) || DocumentIds?.Contains(document) == true
            || (collection is { } id && CollectionIds?.Contains(id) == true);
}

/// <param name="Score">
/// Larger is better; 1 is what comes first by words and by meaning. By words alone, in the index of this process: 1 for a passage of average
/// length that has all that was asked, each once and far apart; in Qdrant a sum that compares within one answer only.
/// </param>
internal readonly record struct ChunkHit(Guid DocumentId, int Ordinal, float Score);
