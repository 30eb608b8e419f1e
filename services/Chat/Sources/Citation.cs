using System.Globalization;
using System.Text.RegularExpressions;

namespace LLMoin.Chat.Sources;

/// <summary>A passage that the answer cites as <c>[n]</c>, with what is needed to open it.</summary>
/// <param name="Page">The page, slide or sheet on which it begins, from 1; null for documents without, and in answers of before.</param>
internal sealed record Citation(int Number, Guid DocumentId, string Title, string? HeadingPath, int Start, int End, int? Page = null)
{
    /// <summary>The passages whose number stands in the text; a number that belongs to no passage is no citation.</summary>
    public static IReadOnlyList<Citation> In(string text, IReadOnlyList<FoundPassage> passages)
        => [.. CitationPattern.Numbers().Matches(text)
            .Select(match => int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Distinct()
            .Where(number => number >= 1 && number <= passages.Count)
            .Order()
            .Select(number => Of(number, passages[number - 1]))];

    private static Citation Of(int number, FoundPassage passage)
        => new(number, passage.DocumentId, passage.Title, passage.HeadingPath, passage.Start, passage.End, passage.Page);
}

internal static partial class CitationPattern
{
    [GeneratedRegex(@"\[(\d{1,3})\]")]
    public static partial Regex Numbers();
}
