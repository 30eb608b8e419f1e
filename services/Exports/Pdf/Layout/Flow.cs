using LLMoin.Exports.Pdf.Objects;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>Fills page after page from top to bottom, in points from the upper left corner.</summary>
internal sealed class Flow
{
    private const double Top = Paper.Top * Canvas.PointsPerMillimetre;
    private const double Bottom = (Paper.Height - Paper.Bottom) * Canvas.PointsPerMillimetre;

    /// <summary>A bullet or number, drawn beside the first line that follows.</summary>
    private (Line Line, double X, StructureNode Node)? _label;

    public Flow(Canvas canvas)
    {
        Canvas = canvas;
        Page = canvas.AddPage();
    }

    public Canvas Canvas { get; }

    public PdfPage Page { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public double Y { get; set; } = Top;

    public double Room => Bottom - Y;

    /// <summary>As no text stands on it, a page cannot give more room.</summary>
    public bool IsAtTop => Y <= Top;

    public void NewPage()
    {
        Page = Canvas.AddPage();
        Y = Top;
    }

    /// <summary>Begins a new page where less than this is left.</summary>
    public void Need(double height)
    {
        if (Room < height && !IsAtTop)
            NewPage();
    }

    /// <summary>Room between blocks; none at a page's top.</summary>
    public void Skip(double height)
    {
        if (!IsAtTop)
            Y += height;
    }

    public void Label(Line line, double x, StructureNode node) => _label = (line, x, node);

    /// <param name="lines">The paragraph.</param>
    /// <param name="style">How it is set.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="node">Whose text it is; null for an artifact.</param>
    /// <param name="behind">Draws behind each line, given its upper edge and height.</param>
    public void Draw(IReadOnlyList<Line> lines, TextStyle style, double x, StructureNode? node, Action<PdfPage, double, double>? behind = null)
    {
        // No line of two alone at the foot of a page.
        Need(Math.Min(lines.Count, 2) * style.LineHeight);
        foreach (var line in lines)
        {
            Need(style.LineHeight);
            behind?.Invoke(Page, Y, style.LineHeight);
            var baseline = Y + style.Size;
            if (_label is var (label, left, owner))
            {
                Canvas.Draw(Page, label, left, baseline, owner);
                _label = null;
            }
            Canvas.Draw(Page, line, x, baseline, node);
            Y += style.LineHeight;
        }
    }
}
