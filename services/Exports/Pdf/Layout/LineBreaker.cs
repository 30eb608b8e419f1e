using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Fonts;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>How text is set.</summary>
/// <param name="Size">In points.</param>
/// <param name="Bold">All of it.</param>
/// <param name="Italic">All of it.</param>
internal readonly record struct TextStyle(double Size, bool Bold = false, bool Italic = false)
{
    /// <summary>From one line to the next, in points.</summary>
    public double LineHeight => Size * 1.35;
}

/// <summary>Breaks runs into lines, each as full as it gets; only words wider than a line are broken themselves.</summary>
internal sealed class LineBreaker(double width)
{
    private readonly List<Line> _lines = [];
    private readonly List<Piece> _line = [];
    private readonly List<Piece> _word = [];
    private double _used;
    private Piece? _space;

    /// <param name="runs">Any text; a line feed ends a line.</param>
    /// <param name="style">How it is set, besides what the runs ask for.</param>
    /// <param name="width">In points.</param>
    /// <param name="keepSpaces">As code needs.</param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<Line> Break(IReadOnlyList<Run> runs, TextStyle style, double width, bool keepSpaces = false)
    {
        var breaker = new LineBreaker(width);
        foreach (var run in runs)
            breaker.Add(run, FontLibrary.Of(run.Bold || style.Bold, run.Italic || style.Italic, run.Code), run.Code ? style.Size * 0.9 : style.Size, keepSpaces);
        breaker.EndWord();
        breaker.EndLine();
        return breaker._lines;
    }

    private void Add(Run run, TrueTypeFont font, double size, bool keepSpaces)
    {
        var begin = 0;
        for (var index = 0; index <= run.Text.Length; index++)
        {
            var end = index == run.Text.Length ? '\0' : run.Text[index];
            if (end is not ('\0' or '\n' or ' ') || (end == ' ' && keepSpaces))
                continue;
            if (index > begin)
                _word.Add(new Piece(run.Text[begin..index], font, size, run.Link));
            begin = index + 1;
            if (end is '\n' or ' ')
                EndWord();
            if (end == '\n')
                EndLine();
            else if (end == ' ' && _line.Count > 0)
                _space = new Piece(" ", font, size, run.Link);
        }
    }

    private void EndWord()
    {
        if (_word.Count == 0)
            return;
        var length = _word.Sum(piece => piece.Width);
        if (_line.Count > 0 && _used + (_space?.Width ?? 0) + length > width)
            EndLine();
        if (_space is { } space && _line.Count > 0)
            Append(space);
        foreach (var piece in _word)
            AppendBroken(piece);
        _word.Clear();
        _space = null;
    }

    private void AppendBroken(Piece piece)
    {
        if (_used + piece.Width <= width)
        {
            Append(piece);
            return;
        }
        var (begin, at, used) = (0, 0, _used);
        foreach (var rune in piece.Text.EnumerateRunes())
        {
            var step = UsedFont.Measure(piece.Font, rune.ToString(), piece.Size);
            if (used + step > width && (at > begin || _line.Count > 0))
            {
                if (at > begin)
                    Append(Part(piece, begin, at));
                EndLine();
                (begin, used) = (at, 0);
            }
            used += step;
            at += rune.Utf16SequenceLength;
        }
        Append(Part(piece, begin, at));
    }

    private static Piece Part(Piece piece, int begin, int end) => new(piece.Text[begin..end], piece.Font, piece.Size, piece.Link);

    /// <summary>What differs in nothing but its text is one piece.</summary>
    private void Append(Piece piece)
    {
        _used += piece.Width;
        if (_line is [.., var last] && last.Font == piece.Font && last.Size.Equals(piece.Size) && last.Link == piece.Link)
            _line[^1] = new Piece(last.Text + piece.Text, last.Font, last.Size, last.Link);
        else
            _line.Add(piece);
    }

    private void EndLine()
    {
        _lines.Add(new Line([.. _line]));
        _line.Clear();
        (_used, _space) = (0, null);
    }
}
