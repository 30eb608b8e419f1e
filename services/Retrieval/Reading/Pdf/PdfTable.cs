using UglyToad.PdfPig.Content;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>
/// A table without a grid that a program could see: three or more lines in a row, each of two or more short pieces with gaps
/// between them, whose left edges stand below one another. In one column at least there are but a few words, as amounts and dates
/// are; columns of running text have none such.
/// </summary>
/// <param name="Rows">Cells by column.</param>
/// <param name="Words">All that stands in it.</param>
internal sealed record PdfTable(IReadOnlyList<IReadOnlyDictionary<int, string>> Rows, IReadOnlyList<Word> Words)
{
    private const int FewestRows = 3;
    private const double LongestAverage = 45;
    private const double FewWords = 3;

    public static IReadOnlyList<PdfTable> Find(IReadOnlyList<Word> words)
    {
        var tables = new List<PdfTable>();
        var run = new List<IReadOnlyList<Piece>>();
        foreach (var line in Lines(words.Where(word => word.TextOrientation == TextOrientation.Horizontal)))
        {
            if (line.Count > 1 && (run.Count == 0 || Continues(run[^1], line)))
            {
                run.Add(line);
                continue;
            }

            // The rest of a cell that wraps: one piece close below, in one of the columns behind the first.
            if (run.Count > 0 && line.Count == 1 && Continues(run[^1], line) && run[^1].Skip(1).Any(piece => Math.Abs(piece.Left - line[0].Left) < line[0].Height))
            {
                run.Add(line);
                continue;
            }

            Close(run, tables);
            if (line.Count > 1)
                run.Add(line);
        }

        Close(run, tables);
        return tables;
    }

    private static void Close(List<IReadOnlyList<Piece>> run, List<PdfTable> tables)
    {
        if (run.Count(line => line.Count > 1) >= FewestRows && run.SelectMany(line => line).Average(piece => piece.Text.Length) <= LongestAverage
            && Columns(run) is { Count: > 1 } columns)
            tables.Add(Build(run, columns));
        run.Clear();
    }

    private static bool Continues(IReadOnlyList<Piece> above, IReadOnlyList<Piece> line)
        => above[0].Bottom - line[0].Bottom < 3 * Math.Max(above[0].Height, line[0].Height);

    /// <summary>Left edges that at least half of the lines share; none where pieces stand anywhere.</summary>
    private static List<double> Columns(IReadOnlyList<IReadOnlyList<Piece>> run)
    {
        var pieces = run.SelectMany(line => line).OrderBy(piece => piece.Left).ToList();
        var groups = new List<List<Piece>>();
        foreach (var piece in pieces)
        {
            // Numbers stand below each other at their right edges, so that what overlaps is one column too.
            if (groups is [.., var last] && (piece.Left - last[0].Left < piece.Height || last.Exists(other => Math.Abs(other.Right - piece.Right) < piece.Height / 2)))
                last.Add(piece);
            else
                groups.Add([piece]);
        }

        var lines = run.Count(line => line.Count > 1);
        return groups.All(group => group.Count * 3 >= lines) && groups.Exists(group => group.Average(piece => piece.Words.Count) <= FewWords) ? [.. groups.Select(group => group[0].Left)] : [];
    }

    private static PdfTable Build(IReadOnlyList<IReadOnlyList<Piece>> run, IReadOnlyList<double> columns)
    {
        var rows = new List<Dictionary<int, string>>();
        foreach (var line in run)
        {
            if (line.Count > 1 || rows.Count == 0)
                rows.Add([]);
            foreach (var piece in line)
            {
                var column = columns.Index().Last(column => column.Index == 0 || column.Item <= piece.Left + 1).Index;
                rows[^1][column] = rows[^1].TryGetValue(column, out var cell) ? PdfHyphens.Join(cell, piece.Text) : piece.Text;
            }
        }

        return new PdfTable(rows, [.. run.SelectMany(line => line).SelectMany(piece => piece.Words)]);
    }

    /// <summary>Lines from top to bottom, each cut into pieces where the gap is wider than the letters are high.</summary>
    private static IEnumerable<IReadOnlyList<Piece>> Lines(IEnumerable<Word> words)
    {
        var line = new List<Word>();
        foreach (var word in words.OrderByDescending(word => word.BoundingBox.Bottom))
        {
            if (line.Count > 0 && line[0].BoundingBox.Bottom - word.BoundingBox.Bottom > 0.5 * SizeOf(line[0]))
            {
                yield return Pieces(line);
                line = [];
            }

            line.Add(word);
        }

        if (line.Count > 0)
            yield return Pieces(line);
    }

    private static List<Piece> Pieces(List<Word> line)
    {
        var pieces = new List<Piece>();
        var current = new List<Word>();
        foreach (var word in line.OrderBy(word => word.BoundingBox.Left))
        {
            if (current.Count > 0 && word.BoundingBox.Left - current[^1].BoundingBox.Right > 1.2 * SizeOf(word))
            {
                pieces.Add(new Piece(current));
                current = [];
            }

            current.Add(word);
        }

        pieces.Add(new Piece(current));
        return pieces;
    }

    private static double SizeOf(Word word) => Math.Max(1, word.Letters[0].PointSize);

    private sealed record Piece(IReadOnlyList<Word> Words)
    {
        public string Text { get; } = CleanText.Of(string.Join(' ', Words.Select(word => word.Text)));
        public double Left { get; } = Words[0].BoundingBox.Left;
        public double Right { get; } = Words[^1].BoundingBox.Right;
        public double Bottom { get; } = Words[0].BoundingBox.Bottom;
        public double Height { get; } = SizeOf(Words[0]);
    }
}
