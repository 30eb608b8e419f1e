using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Retrieval.Reading.Office;

/// <param name="HeadingLevel">From 1; null for a style that is no heading.</param>
/// <param name="IsContents">A line of a table of contents, which says again what the headings say.</param>
/// <param name="NumberingId">The numbering that comes with the style.</param>
internal sealed record WordStyle(int? HeadingLevel, bool IsTitle, bool IsContents, int? NumberingId, int NumberingLevel)
{
    public static readonly WordStyle Plain = new(null, false, false, null, 0);
}

/// <summary>What paragraph styles mean, by their built-in names (the same in every language of Word) and outline levels, inherited.</summary>
internal sealed partial class WordStyles
{
    private const int DeepestInheritance = 20;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordStyle> _known = new(StringComparer.Ordinal);

    public WordStyles(StyleDefinitionsPart? part)
    {
        foreach (var style in part?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
                _styles.TryAdd(id, style);
        }
    }

    public WordStyle Of(string? id)
    {
        if (id is null)
            return WordStyle.Plain;
        if (!_known.TryGetValue(id, out var known))
            _known[id] = known = Resolve(id);
        return known;
    }

    private WordStyle Resolve(string id)
    {
        var result = ByName(id, WordStyle.Plain);
        for (var depth = 0; depth < DeepestInheritance && _styles.TryGetValue(id, out var style); depth++)
        {
            result = ByName(style.StyleName?.Val?.Value ?? "", result);
            var properties = style.StyleParagraphProperties;
            if (result.HeadingLevel is null && properties?.OutlineLevel?.Val?.Value is { } outline and < 9)
                result = result with { HeadingLevel = outline + 1 };
            if (result.NumberingId is null && properties?.NumberingProperties is { } numbering)
                result = result with { NumberingId = numbering.NumberingId?.Val?.Value, NumberingLevel = numbering.NumberingLevelReference?.Val?.Value ?? 0 };
            if (style.BasedOn?.Val?.Value is not { } parent)
                break;
            id = parent;
        }

        return result;
    }

    private static WordStyle ByName(string name, WordStyle result)
    {
        if (HeadingName().Match(name) is { Success: true } heading)
            return result with { HeadingLevel = result.HeadingLevel ?? int.Parse(heading.Groups[1].ValueSpan, CultureInfo.InvariantCulture) };
        return result with
        {
            IsTitle = result.IsTitle || name.Equals("Title", StringComparison.OrdinalIgnoreCase) || name == "Titel",
            IsContents = result.IsContents || ContentsName().IsMatch(name),
        };
    }

    [GeneratedRegex(@"^(?:heading|Überschrift|berschrift)\s?([1-9])$", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingName();

    [GeneratedRegex(@"^(?:toc|Verzeichnis)\s?[1-9]$", RegexOptions.IgnoreCase)]
    private static partial Regex ContentsName();
}
