using LLMoin.Extractive.Text;

namespace LLMoin.Chat.Sources.Evidence;

/// <summary>
/// Whether the passages bear an answer out, by its words: every figure, reference and file number of a statement that cites must stand in
/// what it cites, and half of its words. Words cannot tell everything: "nicht" goes unnoticed. A doubt is for a person to look at.
/// </summary>
internal static class EvidenceCheck
{
    private const double LeastShare = 0.5;

    /// <summary>Of fewer words nothing can be said.</summary>
    private const int FewestWords = 3;

    /// <param name="answer">As the reader has it, with <c>[n]</c> for passage n.</param>
    /// <param name="question">What was asked; its figures may be repeated.</param>
    /// <param name="passages">What the answer was to be grounded on; none, no doubts.</param>
    public static IReadOnlyList<Doubt> Doubts(string answer, string question, IReadOnlyList<FoundPassage> passages)
    {
        if (passages.Count == 0)
            return [];
        var asked = new SourceText([question]);
        var all = new SourceText(passages.SelectMany(SourceText.Of));
        List<Doubt> doubts = [];
        foreach (var claim in Claim.In(answer))
            if (Judge(claim, asked, all, passages) is var (kind, missing))
                doubts.Add(new Doubt(claim.Start, claim.End, kind, [.. missing.Select(fact => answer.Substring(claim.Start + fact.Start, fact.Length))]));
        return doubts;
    }

    private static (DoubtKind, List<Token> Missing)? Judge(Claim claim, SourceText asked, SourceText all, IReadOnlyList<FoundPassage> passages)
    {
        List<FoundPassage> cited = [.. claim.Cited.Where(number => number >= 1 && number <= passages.Count).Select(number => passages[number - 1])];
        if (cited.Count < claim.Cited.Count)
            return (DoubtKind.NoSuchSource, []);
        if (cited.Count == 0)
            // A number in letters may be meant as a word: "zwei Möglichkeiten".
            return Missing(claim.Facts.Where(fact => fact.Kind != TokenKind.Number || char.IsDigit(fact.Folded[0])), all, asked) is { Count: > 0 } invented
                ? (DoubtKind.WithoutSource, invented)
                : null;

        var source = new SourceText(cited.SelectMany(SourceText.Of));
        var missing = Missing(claim.Facts, source, asked);
        var said = claim.Words.Count < FewestWords || claim.Words.Count(source.Says) >= LeastShare * claim.Words.Count;
        return missing.Count == 0 && said ? null : (DoubtKind.NotInSource, missing);
    }

    private static List<Token> Missing(IEnumerable<Token> facts, SourceText source, SourceText asked) => [.. facts.Where(fact => !source.Has(fact) && !asked.Has(fact))];
}
