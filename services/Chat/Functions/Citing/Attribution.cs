using System.Runtime.CompilerServices;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Functions.Citing;

/// <summary>Finds what a statement without a number is from: models forget their citations more often than they invent.</summary>
internal static class Attribution
{
    private const double LeastShare = 0.6;

    private static readonly ConditionalWeakTable<FoundPassage, SourceText> Texts = [];

    /// <returns>The candidate that says most of the statement's words and all its figures; null where none comes near.</returns>
    public static int? Find(Claim claim, IReadOnlyList<int> candidates, IReadOnlyList<FoundPassage> passages)
    {
        var total = claim.Words.Count + claim.Facts.Count;
        if (total < 2)
            return null;
        (int? best, var most) = ((int?)null, 0.0);
        foreach (var candidate in candidates)
        {
            var source = Texts.GetValue(passages[candidate], passage => new SourceText(SourceText.Of(passage)));
            if (!claim.Facts.All(source.Has))
                continue;
            var share = (claim.Words.Count(source.Says) + claim.Facts.Count) / (double)total;
            if (share > most)
                (best, most) = (candidate, share);
        }
        return most >= LeastShare ? best : null;
    }
}
