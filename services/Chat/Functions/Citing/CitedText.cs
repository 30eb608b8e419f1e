using System.Globalization;
using System.Text;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Functions.Citing;

/// <summary>A finished text with its sources numbered in the order of their first mention, and what they do not bear out.</summary>
/// <param name="Citations">By number, from 1.</param>
/// <param name="Quotes">What stands at each citation, in the same order, so that an export needs no further look.</param>
internal sealed record CitedText(string Text, IReadOnlyList<Citation> Citations, IReadOnlyList<string> Quotes, IReadOnlyList<Doubt> Doubts)
{
    private const int LongestQuote = 1_000;

    /// <param name="answer">With the numbers under which the passages were given; those that were not given stay, and are doubted.</param>
    /// <param name="given">Places of the passages by those numbers.</param>
    /// <param name="passages">All passages of the run.</param>
    /// <param name="asked">What the answer may repeat without a source.</param>
    public static CitedText Of(string answer, IReadOnlyDictionary<int, int> given, IReadOnlyList<FoundPassage> passages, string asked)
    {
        var completed = Completed(answer, given, passages);
        List<int> order = [];
        var text = CitationPattern.Numbers().Replace(completed, match =>
        {
            if (!given.TryGetValue(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), out var place))
                return "[?]";
            if (!order.Contains(place))
                order.Add(place);
            return $"[{order.IndexOf(place) + 1}]";
        });
        List<FoundPassage> cited = [.. order.Select(place => passages[place])];
        return new CitedText(text, Citation.In(text, cited), [.. cited.Select(passage => Quote(passage.Text))], Doubted(text, asked, cited));
    }

    /// <summary>Statements without a number get that of what they are from, where it can be told.</summary>
    private static string Completed(string answer, IReadOnlyDictionary<int, int> given, IReadOnlyList<FoundPassage> passages)
    {
        var output = new StringBuilder(answer);
        foreach (var claim in Claim.In(answer).Reverse().Where(claim => claim.Cited.Count == 0))
            if (Attribution.Find(claim, [.. given.Values], passages) is { } source)
                output.Insert(EndOfText(answer, claim), $" [{given.First(pair => pair.Value == source).Key}]");
        return output.ToString();
    }

    /// <summary>A statement without any source is doubted too, where chat only doubts figures: here all is to be from the documents.</summary>
    private static IReadOnlyList<Doubt> Doubted(string text, string asked, IReadOnlyList<FoundPassage> passages)
    {
        const int FewestWords = 3;
        var doubts = EvidenceCheck.Doubts(text, asked, passages);
        var bare = Claim.In(text)
            .Where(claim => claim.Cited.Count == 0 && claim.Words.Count >= FewestWords && doubts.All(doubt => doubt.Start != claim.Start))
            .Select(claim => new Doubt(claim.Start, claim.End, DoubtKind.WithoutSource, []));
        return [.. doubts.Concat(bare).OrderBy(doubt => doubt.Start)];
    }

    private static int EndOfText(string text, Claim claim)
    {
        var end = claim.End;
        while (end > claim.Start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end;
    }

    private static string Quote(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= LongestQuote ? trimmed : trimmed[..LongestQuote] + "…";
    }
}
