using System.Globalization;
using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Fonts;
using LLMoin.Exports.Pdf.Objects;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>Blocks on pages.</summary>
internal sealed class PdfBlocks(Flow flow, Outline outline)
{
    public const double Left = Paper.Left * Canvas.PointsPerMillimetre;
    public const double Right = (Paper.Width - Paper.Right) * Canvas.PointsPerMillimetre;
    public const double Between = 6;

    private const double Indent = 18;
    private const double LineWidth = 0.5;

    public static readonly TextStyle Text = new(10);
    private static readonly TextStyle Code = new(9);

    private static readonly TextStyle[] Headings =
        [new(15, Bold: true), new(13, Bold: true), new(11.5, Bold: true), new(10.5, Bold: true), new(10, Bold: true), new(10, Bold: true)];

    /// <param name="Left">The left edge, in points.</param>
    /// <param name="Node">What the blocks belong to.</param>
    /// <param name="Style">Of paragraphs.</param>
    /// <param name="Bars">Where the lines of the quotes around stand.</param>
    private sealed record Place(double Left, StructureNode Node, TextStyle Style, IReadOnlyList<double> Bars);

    public void Draw(IReadOnlyList<Block> blocks, StructureNode node) => Draw(blocks, new Place(Left, node, Text, []));

    public void DrawHeading(int level, IReadOnlyList<Run> runs, StructureNode node) => DrawHeading(new Heading(level, runs), new Place(Left, node, Text, []));

    /// <summary>One paragraph across the page, or less.</summary>
    public void DrawText(string text, TextStyle style, StructureNode node, double left = Left, bool boxed = false)
    {
        var lines = LineBreaker.Break([new Run(text)], style, Right - left - (boxed ? 8 : 0));
        flow.Draw(lines, style, left + (boxed ? 4 : 0), node.Add("P"), boxed ? (page, top, height) => Canvas.Fill(page, left, top, Right - left, height, 0.95) : null);
        flow.Skip(Between);
    }

    private void Draw(IReadOnlyList<Block> blocks, Place place)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading:
                    DrawHeading(heading, place);
                    break;
                case Paragraph paragraph:
                    DrawRuns(paragraph.Runs, place.Style, place, place.Node.Add("P"));
                    flow.Skip(Between);
                    break;
                case ItemList list:
                    DrawList(list, place);
                    break;
                case Quote quote:
                    Draw(quote.Blocks, place with { Left = place.Left + Indent, Node = place.Node.Add("BlockQuote"), Style = place.Style with { Italic = true }, Bars = [.. place.Bars, place.Left + 6] });
                    break;
                case CodeBlock code:
                    DrawCode(code, place);
                    break;
                case Table table:
                    PdfTable.Draw(flow, table, place.Left, Right, place.Node.Add("Table"));
                    flow.Skip(Between);
                    break;
                case Rule:
                    flow.Need(Between);
                    Canvas.Fill(flow.Page, place.Left, flow.Y, Right - place.Left, LineWidth, 0.5);
                    flow.Skip(Between);
                    break;
            }
        }
    }

    private void DrawHeading(Heading heading, Place place)
    {
        var style = Headings[heading.Level - 1];
        flow.Skip(Between);
        // With at least two lines of what it is the heading of.
        flow.Need((2 * style.LineHeight) + (2 * Text.LineHeight));
        var title = string.Concat(heading.Runs.Select(run => run.Text)).ReplaceLineEndings(" ");
        outline.Add(heading.Level, title.Length > 200 ? title[..200] + "…" : title, flow.Page.Id, Canvas.Height - flow.Y);
        DrawRuns(heading.Runs, style, place, place.Node.Add("H" + heading.Level.ToString(CultureInfo.InvariantCulture)));
        flow.Skip(Between / 2);
    }

    private void DrawList(ItemList list, Place place)
    {
        var node = place.Node.Add("L", $"/A << /O /List /ListNumbering /{(list.Start is null ? "Disc" : "Decimal")} >>");
        for (var index = 0; index < list.Items.Count; index++)
        {
            var item = node.Add("LI");
            var label = list.Start is { } start ? string.Create(CultureInfo.InvariantCulture, $"{start + index}.") : "•";
            flow.Label(new Line([new Piece(label, FontLibrary.Of(false, false, false), Text.Size)]), place.Left + 2, item.Add("Lbl"));
            var body = place with { Left = place.Left + Indent, Node = item.Add("LBody") };
            IReadOnlyList<Block> blocks = list.Items[index];
            // A label stands beside a line of text.
            if (blocks is not [Paragraph or Heading or CodeBlock, ..])
                DrawRuns([], Text, body, body.Node);
            Draw(blocks, body);
        }
    }

    private void DrawCode(CodeBlock code, Place place)
    {
        var left = place.Left + 4;
        var lines = LineBreaker.Break([new Run(code.Text, Code: true)], Code, Right - left - 4, keepSpaces: true);
        flow.Draw(lines, Code, left, place.Node.Add("P").Add("Code"), (page, top, height) =>
        {
            Canvas.Fill(page, place.Left, top, Right - place.Left, height, 0.95);
            Bars(place, page, top, height);
        });
        flow.Skip(Between);
    }

    private void DrawRuns(IReadOnlyList<Run> runs, TextStyle style, Place place, StructureNode node)
        => flow.Draw(LineBreaker.Break(runs, style, Right - place.Left), style, place.Left, node, (page, top, height) => Bars(place, page, top, height));

    private static void Bars(Place place, PdfPage page, double top, double height)
    {
        foreach (var bar in place.Bars)
            Canvas.Fill(page, bar, top, 1.5, height, 0.6);
    }
}
