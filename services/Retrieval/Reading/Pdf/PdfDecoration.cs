using System.Text.RegularExpressions;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>
/// Page headers and footers: lines near the upper and lower edge that come again on the pages around or on many, digits aside, and
/// what stands where these stand elsewhere, as headers name the section. They cut sentences that run over a page and would stand in
/// every other passage.
/// </summary>
internal sealed partial class PdfDecoration
{
    private const double Edge = 0.1;

    /// <summary>Longer lines with different numbers are sentences.</summary>
    private const int LongestNumbered = 60;

    /// <summary>Of all pages; left and right pages may differ, and the first often has none.</summary>
    private const double Share = 0.3;

    /// <summary>Pages with the same kind of line at a place, from which the place is one of headers.</summary>
    private const int Habit = 3;

    private readonly IReadOnlyList<IReadOnlyList<PdfBlock>> _pages;
    private readonly List<HashSet<string>> _keys;
    private readonly HashSet<string> _often;
    private readonly HashSet<(double, double)> _places;

    private PdfDecoration(IReadOnlyList<IReadOnlyList<PdfBlock>> pages)
    {
        _pages = pages;
        _keys = [.. pages.Select(page => page.SelectMany(block => block.Lines).Where(IsAtEdge).Select(Key).ToHashSet())];
        _often = [.. _keys.SelectMany(keys => keys).GroupBy(key => key).Where(same => same.Count() >= Math.Max(2, pages.Count * Share)).Select(same => same.Key)];
        _places =
        [
            .. pages.SelectMany((page, number) => page.SelectMany(block => block.Lines).Where(line => IsAtEdge(line) && Repeats(line, number)).Select(PlaceOf).Distinct())
                .GroupBy(place => place).Where(same => same.Count() >= Habit).Select(same => same.Key),
        ];
    }

    /// <param name="pages">The blocks of each page.</param>
    /// <returns>The same without the lines that repeat.</returns>
    public static IReadOnlyList<IReadOnlyList<PdfBlock>> Remove(IReadOnlyList<IReadOnlyList<PdfBlock>> pages)
    {
        var decoration = new PdfDecoration(pages);
        return [.. pages.Select((page, number) => (IReadOnlyList<PdfBlock>)[.. page.Select(block => decoration.Without(block, number)).Where(block => block.Lines.Count > 0 || block.Table is not null)])];
    }

    private PdfBlock Without(PdfBlock block, int page)
        => block with { Lines = [.. block.Lines.Where(line => !IsAtEdge(line) || !(Repeats(line, page) || _places.Contains(PlaceOf(line))))] };

    /// <summary>On the next page or the next but one, as left and right pages differ.</summary>
    private bool Repeats(PdfLine line, int page)
    {
        var key = Key(line);
        return _often.Contains(key)
            || Enumerable.Range(page - 2, 5).Any(other => other != page && other >= 0 && other < _pages.Count && _keys[other].Contains(key));
    }

    private static (double, double) PlaceOf(PdfLine line) => (Math.Round(line.Middle, 2), line.Size);

    private static bool IsAtEdge(PdfLine line) => line.Middle is < Edge or > 1 - Edge;

    private static string Key(PdfLine line)
        => (line.Middle < 0.5 ? "foot " : "head ") + (line.Text.Length <= LongestNumbered ? Digits().Replace(line.Text, "#") : line.Text);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
