using System.Globalization;
using Humanizer;
using LLMoin.Extractive.Text;

namespace LLMoin.Chat.Sources.Evidence;

/// <summary>What one or several passages say, for asking whether a word or a figure stands there.</summary>
internal sealed class SourceText
{
    private const int ShortestPart = 4;
    private const int LargestNumberInWords = 1_000_000;

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    private static readonly string[] Months = [.. German.DateTimeFormat.MonthNames.Take(12).Select(GermanTokens.Fold)];

    private readonly HashSet<string> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    public SourceText(IEnumerable<string> texts)
    {
        foreach (var token in texts.SelectMany(GermanTokens.Read))
        {
            if (token.Kind == TokenKind.Word)
            {
                _stems.Add(token.Term);
                _words.Add(token.Folded);
                continue;
            }
            _facts.Add(token.Term);
            if (IsDate(token.Term, out var parts))
                _facts.UnionWith(parts);
        }
    }

    /// <param name="passage">With its title and headings, which often carry what the text takes for granted.</param>
    public static IEnumerable<string> Of(FoundPassage passage) => [passage.Title, passage.HeadingPath ?? "", passage.Text];

    /// <summary>The word itself, inflected otherwise, in a compound, or as one of its parts.</summary>
    public bool Says(Token word)
        => _stems.Contains(word.Term)
            || (word.Term.Length >= ShortestPart && _words.Any(other => other.Contains(word.Term, StringComparison.Ordinal)))
            || _stems.Any(stem => stem.Length > ShortestPart && word.Folded.Contains(stem, StringComparison.Ordinal));

    /// <summary>The figure, reference or file number, in whatever writing.</summary>
    public bool Has(Token fact)
        => _facts.Contains(fact.Term) || (fact.Kind == TokenKind.Reference ? HasNumberOf(fact.Term) : IsDate(fact.Term, out var parts) ? HasDate(parts) : HasInWords(fact.Term));

    /// <summary>"Absatz 2" stands as "(2)" in laws; a section never does.</summary>
    private bool HasNumberOf(string reference)
        => char.IsLetter(reference[0]) && !reference.StartsWith("art", StringComparison.Ordinal) && _facts.Contains(reference.TrimStart([.. "abcdefghijklmnopqrstuvwxyz"]));

    private bool HasDate(string[] parts)
        => _facts.Contains(parts[0]) && _facts.Contains(parts[2]) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12
            && _words.Contains(Months[month - 1]);

    private bool HasInWords(string number)
        => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= LargestNumberInWords
            && GermanTokens.Fold(value.ToWords(German)) is { Length: >= ShortestPart } words && _words.Any(word => word.StartsWith(words, StringComparison.Ordinal));

    private static bool IsDate(string term, out string[] parts)
    {
        parts = term.Split('.');
        return parts is [{ Length: <= 2 }, { Length: <= 2 }, { Length: 4 }];
    }
}
