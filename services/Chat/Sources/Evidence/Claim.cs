using System.Globalization;
using System.Text.RegularExpressions;
using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Text;

namespace LLMoin.Chat.Sources.Evidence;

/// <summary>A sentence of an answer with the passages that it cites.</summary>
/// <param name="Start">First UTF-16 code unit in the answer.</param>
/// <param name="End">The one behind its last.</param>
/// <param name="Cited">Numbers in square brackets, without repetition.</param>
/// <param name="Words">Its words that mean something.</param>
/// <param name="Facts">Its figures, references to the law and file numbers.</param>
internal sealed partial record Claim(int Start, int End, IReadOnlyList<int> Cited, IReadOnlyList<Token> Words, IReadOnlyList<Token> Facts)
{
    /// <returns>In the answer's order; headings claim nothing.</returns>
    public static IReadOnlyList<Claim> In(string answer)
    {
        List<Claim> claims = [];
        foreach (var sentence in SentenceSplitter.Split(answer))
        {
            if (sentence.Kind is SentenceKind.Heading or SentenceKind.TableHeader)
                continue;
            // What stands behind a full stop ("… Euro. [1]") belongs to the sentence that has ended there.
            var behind = Behind().Match(answer, sentence.Start, sentence.Length);
            var start = sentence.Start;
            if (behind.Length > 0 && claims is [.., var before])
            {
                claims[^1] = before with { End = behind.Index + behind.Length, Cited = [.. before.Cited.Union(Numbers(behind.Value))] };
                start += behind.Length;
            }
            if (Of(answer, start, sentence.End) is { } claim)
                claims.Add(claim);
        }
        return claims;
    }

    private static Claim? Of(string answer, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(answer[start]))
            start++;
        var text = answer[start..end];
        // The brackets go, but not the places of what stands around them.
        var tokens = GermanTokens.Read(CitationPattern.Numbers().Replace(text, match => new string(' ', match.Length)));
        if (tokens.Count == 0)
            return null;
        return new Claim(start, end, Numbers(text),
            [.. tokens.Where(token => token.Kind == TokenKind.Word && !token.IsStopWord)], [.. tokens.Where(token => token.Kind != TokenKind.Word)]);
    }

    private static IReadOnlyList<int> Numbers(string text)
        => [.. CitationPattern.Numbers().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Distinct()];

    [GeneratedRegex(@"\G(\s*\[\d{1,3}\])+[.\s]*")]
    private static partial Regex Behind();
}
