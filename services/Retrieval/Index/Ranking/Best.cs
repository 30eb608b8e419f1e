using System.Numerics;

namespace LLMoin.Retrieval.Index.Ranking;

internal static class Best
{
    /// <returns>The passages with the highest scores above 0, best first; of equals the earlier passage.</returns>
    public static List<int> Of(ReadOnlySpan<float> scores, int limit)
    {
        var best = new List<int>(limit + 1);
        var least = 0f;
        var i = 0;
        // Nearly all passages are worse than the best so far, and are passed over many at a time.
        for (; i + Vector<float>.Count <= scores.Length; i += Vector<float>.Count)
        {
            if (!Vector.GreaterThanAny(new Vector<float>(scores[i..]), new Vector<float>(least)))
                continue;
            for (var j = i; j < i + Vector<float>.Count; j++)
                Offer(scores, j, limit, best, ref least);
        }

        for (; i < scores.Length; i++)
            Offer(scores, i, limit, best, ref least);
        return best;
    }

    private static void Offer(ReadOnlySpan<float> scores, int passage, int limit, List<int> best, ref float least)
    {
        if (scores[passage] <= least)
            return;
        var place = best.Count;
        while (place > 0 && scores[best[place - 1]] < scores[passage]) place--;
        best.Insert(place, passage);
        if (best.Count > limit)
            best.RemoveAt(limit);
        if (best.Count == limit)
            least = scores[best[^1]];
    }
}
