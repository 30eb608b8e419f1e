using System.Text.RegularExpressions;
using LLMoin.Retrieval.Ingestion;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>
/// Writes blocks as headings, list items and paragraphs. PDF knows none of these: larger or bold letters make a heading, a marker an
/// item, and what ends without a full stop goes on behind the page break.
/// </summary>
internal sealed partial class PdfText(DocumentWriter document, IReadOnlyList<IReadOnlyList<PdfBlock>> pages)
{
    private const double Larger = 1.15;
    private const int LongestHeading = 150;
    private const int DeepestBySize = 4;

    private readonly double _body = CommonSize(pages.SelectMany(page => page).SelectMany(block => block.Lines));
    private readonly List<double> _headingSizes = [];
    private string? _open;
    private int? _openPage;
    private string? _number;

    /// <param name="numbers">The page number of each of the pages.</param>
    public void Write(IReadOnlyList<int> numbers)
    {
        _headingSizes.AddRange(pages.SelectMany(page => page).SelectMany(Paragraphs).Where(IsLarge).Select(lines => lines[0].Size).Distinct().OrderDescending());
        foreach (var (page, number) in pages.Zip(numbers))
        {
            foreach (var block in page)
            {
                if (block.Table is { } table)
                    Write(table, number);
                foreach (var lines in Paragraphs(block))
                    Write(lines, number);
            }
        }

        Close();
    }

    private void Write(PdfTable table, int page)
    {
        Close();
        document.Page = page;
        using var rows = document.Table();
        foreach (var row in table.Rows)
            rows.Row(row);
    }

    private void Write(IReadOnlyList<PdfLine> lines, int page)
    {
        var text = lines.Select(line => line.Text).Aggregate(PdfHyphens.Join);
        if (text.Length == 0)
            return;
        // A heading's number stands apart, the gap behind it being wide.
        if (Number().IsMatch(text) && (IsLarge(lines) || lines[0].IsBold))
        {
            Close();
            (_open, _openPage, _number) = (text, page, text);
            return;
        }

        if (_number is not null && IsHeading(lines))
            (text, _open, _number) = ($"{_number} {text}", null, null);
        if (IsHeading(lines) && (!Headings.IsNumbered(text) || IsLarge(lines) && text[0] != '§'))
        {
            Close();
            document.Page = page;
            document.Heading(LevelOf(lines), text);
        }
        else if (_open is not null && page != _openPage && GoesOn(_open, text))
        {
            _open = PdfHyphens.Join(_open, text);
        }
        else
        {
            Close();
            (_open, _openPage) = (text, page);
        }
    }

    private void Close()
    {
        if (_open is null)
            return;
        document.Page = _openPage;
        if (!Headings.IsNumbered(_open) && Marker().Match(_open) is { Success: true } marker)
            document.ListItem(1, marker.Groups[1].Value is ['(' or >= '0' and <= '9' or >= 'a' and <= 'z', ..] own ? own : "-", _open[marker.Length..]);
        else
            document.Paragraph(_open);
        (_open, _number) = (null, null);
    }

    private static bool GoesOn(string above, string below) => above[^1] is not ('.' or '!' or '?' or ':' or ';') && (char.IsLower(below[0]) || above[^1] == '-');

    /// <summary>Cuts a block where the letters change, an item or a numbered heading begins, or a line ends early with a full stop.</summary>
    private static IEnumerable<IReadOnlyList<PdfLine>> Paragraphs(PdfBlock block)
    {
        var lines = new List<PdfLine>();
        var right = block.Lines.Select(line => line.Right).DefaultIfEmpty().Max();
        foreach (var line in block.Lines.Where(line => line.Text.Length > 0))
        {
            if (lines.Count > 0 && Begins(lines[^1], line, right))
            {
                yield return lines;
                lines = [];
            }

            lines.Add(line);
        }

        if (lines.Count > 0)
            yield return lines;
    }

    private static bool Begins(PdfLine above, PdfLine line, double right)
    {
        if (Math.Abs(above.Size - line.Size) > 0.1 * above.Size || above.IsBold != line.IsBold || Headings.IsNumbered(above.Text) || Headings.IsNumbered(line.Text))
            return true;
        var endsEarly = above.Text[^1] is '.' or '!' or '?' or ':' && above.Right < right - (0.15 * (right - above.Left));
        return endsEarly || (above.Text[^1] is '.' or '!' or '?' or ':' or ';' or ',' && Marker().IsMatch(line.Text));
    }

    private bool IsLarge(IReadOnlyList<PdfLine> lines) => lines.Count <= 3 && lines[0].Size > 0 && lines[0].Size >= _body * Larger && lines.Sum(line => line.Text.Length) <= LongestHeading;

    private bool IsHeading(IReadOnlyList<PdfLine> lines)
        => lines.Any(line => line.Text.Any(char.IsLetter))
           && (IsLarge(lines) || (lines.Count <= 2 && lines.All(line => line.IsBold) && lines.Sum(line => line.Text.Length) <= LongestHeading && lines[^1].Text[^1] is not ('.' or ':' or ',' or ';')));

    private int LevelOf(IReadOnlyList<PdfLine> lines)
        => IsLarge(lines) ? Math.Min(DeepestBySize, 1 + _headingSizes.IndexOf(lines[0].Size)) : Math.Min(DeepestBySize, _headingSizes.Count) + 1;

    private static double CommonSize(IEnumerable<PdfLine> lines)
        => lines.GroupBy(line => Math.Round(line.Size)).OrderByDescending(same => same.Sum(line => line.Text.Length)).FirstOrDefault()?.Average(line => line.Size) ?? 0;

    [GeneratedRegex(@"^(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}\.?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^([•▪●◦–\-*]|\(\d{1,2}[a-z]?\)|\d{1,2}[.)]|[a-z]{1,2}\))\s+(?=\S)")]
    private static partial Regex Marker();
}
