using System.Text.RegularExpressions;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>A printed line.</summary>
/// <param name="Size">Height of its letters in points.</param>
/// <param name="Middle">Height above the page's foot, as a share of the page's height.</param>
internal sealed record PdfLine(string Text, double Size, bool IsBold, double Left, double Right, double Middle);

/// <summary>What stands together on a page: lines, or the rows of a table.</summary>
internal sealed record PdfBlock(IReadOnlyList<PdfLine> Lines, PdfTable? Table = null);

/// <summary>
/// Finds a page's blocks and the order in which people read them: words by nearest neighbours, blocks by Docstrum (L. O'Gorman, "The
/// Document Spectrum for Page Layout Analysis", 1993), order by spatial reasoning (M. Aiello et al., 2003), as PdfPig implements them.
/// </summary>
internal static partial class PdfLayout
{
    /// <summary>Beyond this the methods, quadratic at worst, take minutes; no page for people has so many letters.</summary>
    private const int MostLetters = 40_000;

    /// <summary>
    /// Gaps between letters of one word, in their size. Justified type closes the gaps between words to a fifth and even less; the
    /// library's own measure, a share of the letters' width, runs those together.
    /// </summary>
    private const double WithinWord = 0.13;

    private static readonly NearestNeighbourWordExtractor Words = new(new()
    {
        MaxDegreeOfParallelism = 1,
        MaximumDistance = (one, other) => WithinWord * Math.Max(one.PointSize, other.PointSize),
    });
    private static readonly DocstrumBoundingBoxes Docstrum = new(new() { MaxDegreeOfParallelism = 1 });

    public static IReadOnlyList<PdfBlock> Of(Page page)
    {
        if (page.Letters.Count > MostLetters)
            throw new ReadingException(ReadingReason.Unreadable);
        var letters = page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).ToList();
        var words = Words.GetWords(DuplicateOverlappingTextProcessor.Get(letters)).Where(word => !string.IsNullOrWhiteSpace(word.Text)).ToList();
        if (words.Count == 0)
            return [];

        var tables = PdfTable.Find(words);
        var free = words.Except(tables.SelectMany(table => table.Words)).ToList();
        var byTable = tables.ToDictionary(table => new TextBlock([new TextLine(table.Words)]));
        var blocks = Docstrum.GetBlocks(free).Concat(byTable.Keys).ToList();
        return
        [
            .. UnsupervisedReadingOrderDetector.Instance.Get(blocks).Select(block => byTable.TryGetValue(block, out var table)
                ? new PdfBlock([], table)
                : new PdfBlock([.. block.TextLines.Select(line => LineOf(line, page))])),
        ];
    }

    private static PdfLine LineOf(TextLine line, Page page)
    {
        var letters = line.Words.SelectMany(word => word.Letters).ToList();
        var size = letters.Select(letter => Math.Round(letter.PointSize, 1)).Order().ElementAt(letters.Count / 2);
        var bold = letters.Count(letter => letter.FontDetails?.IsBold == true || letter.FontName?.Contains("Bold", StringComparison.OrdinalIgnoreCase) == true);
        var box = line.BoundingBox;
        return new PdfLine(CleanText.Of(Leaders().Replace(line.Text, " ")), size, bold * 2 > letters.Count, box.Left, box.Right, page.Height > 0 ? box.Centroid.Y / page.Height : 0.5);
    }

    /// <summary>The dots of a table of contents.</summary>
    [GeneratedRegex(@"(?:\s?\.){5,}")]
    private static partial Regex Leaders();
}
