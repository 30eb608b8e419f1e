using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Index;

/// <summary>Finds passages. Access is part of the question: what the caller may not see is no candidate.</summary>
internal interface IChunkIndex
{
    /// <summary>How it ranks, e.g. <c>lexical</c>.</summary>
    string Mode { get; }

    /// <returns>At most <see cref="ChunkQuery.Limit"/> hits, best first, over everything committed before the call.</returns>
    Task<IReadOnlyList<ChunkHit>> SearchAsync(Caller caller, ChunkQuery query, CancellationToken cancellation);
}

/// <param name="Text">What is asked, in natural German or as key words.</param>
/// <param name="Limit">Most hits wanted.</param>
/// <param name="DocumentIds">Only these documents; all visible ones when null.</param>
internal sealed record ChunkQuery(string Text, int Limit, IReadOnlySet<Guid>? DocumentIds);

/// <param name="Score">Larger is better; comparable within one answer only.</param>
internal readonly record struct ChunkHit(Guid DocumentId, int Ordinal, float Score);
