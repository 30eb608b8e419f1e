namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>
/// Reciprocal rank fusion (G. Cormack, C. Clarke and S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
/// Learning Methods", 2009): scores of different kinds need not be comparable, as only ranks count.
/// </summary>
internal static class Fusion
{
    /// <summary>So many of each ranking are joined.</summary>
    public const int Depth = 100;

    /// <summary>The paper's.</summary>
    private const float K = 60;

    /// <returns>Best first; 1 for what comes first in both. Of equals that which comes first in <paramref name="first"/>.</returns>
    public static IReadOnlyList<(int Passage, float Score)> Of(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var scores = new Dictionary<int, float>(first.Count + second.Count);
        foreach (var ranking in (ReadOnlySpan<IReadOnlyList<int>>)[first, second])
        {
            for (var rank = 0; rank < ranking.Count; rank++)
                scores[ranking[rank]] = scores.GetValueOrDefault(ranking[rank]) + ((K + 1) / 2 / (K + rank + 1));
        }

        // The order of a dictionary that only grows is that of adding; sorting is stable.
        return [.. scores.OrderByDescending(score => score.Value).Select(score => (score.Key, score.Value))];
    }
}
