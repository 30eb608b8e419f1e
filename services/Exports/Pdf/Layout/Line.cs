using LLMoin.Exports.Pdf.Fonts;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>Text in one font.</summary>
/// <param name="Text">Without line feeds.</param>
/// <param name="Font">What it is drawn with.</param>
/// <param name="Size">In points.</param>
/// <param name="Link">Where it leads.</param>
internal sealed record Piece(string Text, TrueTypeFont Font, double Size, Uri? Link = null)
{
    public double Width { get; } = UsedFont.Measure(Font, Text, Size);
}

internal sealed record Line(IReadOnlyList<Piece> Pieces)
{
    public double Width => Pieces.Sum(piece => piece.Width);
}
