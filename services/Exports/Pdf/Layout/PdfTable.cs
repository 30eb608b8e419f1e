using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Objects;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>A table across the page: columns as wide as their content asks for, rows over page ends, the header on every page.</summary>
internal static class PdfTable
{
    private const double Padding = 3;
    private const double Border = 0.5;

    /// <summary>In points: what counts as short, and the width of most letters.</summary>
    private const double Short = 70;

    private const double Letter = 6;

    private static readonly TextStyle Body = new(9);
    private static readonly TextStyle Head = new(9, Bold: true);

    public static void Draw(Flow flow, Table table, double left, double right, StructureNode node)
    {
        var columns = Widths(table, right - left).Select((width, column) => new Column(width, table.Alignment(column))).ToList();
        var rows = table.Rows.Select((row, index) => row.Select((cell, column)
            => LineBreaker.Break(cell, index == 0 ? Head : Body, columns[column].Width - (2 * Padding))).ToList()).ToList();
        for (var index = 0; index < rows.Count; index++)
        {
            var row = node.Add("TR");
            var cells = rows[index].Select(_ => index == 0 ? row.Add("TH", "/A << /O /Table /Scope /Column >>") : row.Add("TD")).ToList();
            DrawRow(flow, rows[index], columns, left, cells, index == 0 ? null : rows[0]);
        }
    }

    /// <summary>As many lines as the page has room for, again and again until all are drawn.</summary>
    private static void DrawRow(
        Flow flow, IReadOnlyList<IReadOnlyList<Line>> cells, IReadOnlyList<Column> columns, double left, IReadOnlyList<StructureNode> nodes, IReadOnlyList<IReadOnlyList<Line>>? head)
    {
        var total = cells.Max(cell => cell.Count);
        for (var drawn = 0; drawn < total;)
        {
            var count = Math.Min(total - drawn, (int)((flow.Room - (2 * Padding)) / Body.LineHeight));
            if (count < Math.Min(total - drawn, 2) && !flow.IsAtTop)
            {
                flow.NewPage();
                // Those after the first are repetitions, which nobody wants to hear.
                if (head is not null)
                    DrawLines(flow, head, 0, Math.Min(head.Max(cell => cell.Count), 5), columns, left, null, isHead: true);
                continue;
            }
            DrawLines(flow, cells, drawn, Math.Max(count, 1), columns, left, nodes, isHead: head is null);
            drawn += Math.Max(count, 1);
        }
    }

    private static void DrawLines(
        Flow flow, IReadOnlyList<IReadOnlyList<Line>> cells, int from, int count, IReadOnlyList<Column> columns, double left, IReadOnlyList<StructureNode>? nodes, bool isHead)
    {
        var (top, height, x, width) = (flow.Y, (count * Body.LineHeight) + (2 * Padding), left, columns.Sum(column => column.Width));
        if (isHead)
            Canvas.Fill(flow.Page, left, top, width, height, 0.9);
        Canvas.Fill(flow.Page, left, top, width, Border, 0.5);
        Canvas.Fill(flow.Page, left, top + height, width, Border, 0.5);
        for (var column = 0; column < cells.Count; column++)
        {
            Canvas.Fill(flow.Page, x, top, Border, height, 0.5);
            for (var line = from; line < Math.Min(from + count, cells[column].Count); line++)
                flow.Canvas.Draw(flow.Page, cells[column][line], x + columns[column].Begin(cells[column][line]), top + Padding + Body.Size + ((line - from) * Body.LineHeight), nodes?[column]);
            x += columns[column].Width;
        }
        Canvas.Fill(flow.Page, x, top, Border, height, 0.5);
        flow.Y += height;
    }

    private readonly record struct Column(double Width, ColumnAlignment Alignment)
    {
        /// <summary>Where a line begins, from the column's left edge.</summary>
        public double Begin(Line line) => Alignment switch
        {
            ColumnAlignment.Right => Math.Max(Padding, Width - Padding - line.Width),
            ColumnAlignment.Centre => Math.Max(Padding, (Width - line.Width) / 2),
            _ => Padding,
        };
    }

    /// <summary>
    /// Short cells keep to one line; what is left is shared by the columns' longest cells, none of which counts for more than four times
    /// the average.
    /// </summary>
    private static double[] Widths(Table table, double width)
    {
        var lengths = Enumerable.Range(0, table.Rows[0].Count).Select(column => (double)Math.Clamp(
            table.Rows.Max(row => row[column].Sum(run => run.Text.Length)), 2, 400)).ToArray();
        var most = lengths.Average() * 4;
        var least = lengths.Select(length => Math.Min(Math.Min(Short, length * Letter) + (2 * Padding), width / lengths.Length)).ToArray();
        var spare = width - least.Sum();
        var total = lengths.Sum(length => Math.Min(length, most));
        return [.. lengths.Select((length, column) => least[column] + (spare * Math.Min(length, most) / total))];
    }
}
