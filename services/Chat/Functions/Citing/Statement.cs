using System.Text.RegularExpressions;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Functions.Citing;

/// <summary>A sentence of an intermediate answer, and where in the documents it is from.</summary>
/// <param name="Text">Without numbers.</param>
/// <param name="Sources">Passages by their place within the run's, from 0; none where it cites nothing and resembles nothing.</param>
internal sealed partial record Statement(string Text, IReadOnlyList<int> Sources)
{
    /// <param name="answer">With the numbers under which the passages were given.</param>
    /// <param name="given">Places of those that the answer was to be grounded on, by those numbers.</param>
    /// <param name="passages">All passages of the run.</param>
    public static IReadOnlyList<Statement> In(string answer, IReadOnlyDictionary<int, int> given, IReadOnlyList<FoundPassage> passages)
    {
        List<Statement> statements = [];
        foreach (var claim in Claim.In(answer))
        {
            List<int> sources = [.. claim.Cited.Where(given.ContainsKey).Select(number => given[number]).Distinct()];
            if (sources.Count == 0 && Attribution.Find(claim, [.. given.Values], passages) is { } found)
                sources.Add(found);
            var text = Space().Replace(CitationPattern.Numbers().Replace(answer[claim.Start..claim.End], ""), " ").Trim();
            statements.Add(new Statement(text.Replace(" .", ".", StringComparison.Ordinal), sources));
        }
        return statements;
    }

    [GeneratedRegex(@"[ \t]{2,}")]
    private static partial Regex Space();
}
