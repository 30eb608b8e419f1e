using DocumentFormat.OpenXml.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Paragraphs at a fixed place on the page, in millimetres from its upper left corner.</summary>
internal static class WordFrame
{
    public static ParagraphProperties At(double left, double top, double width, double height) => new()
    {
        FrameProperties = new()
        {
            Width = $"{WordUnits.Twips(width)}",
            Height = (uint)WordUnits.Twips(height),
            HeightType = HeightRuleValues.Exact,
            Wrap = TextWrappingValues.Around,
            HorizontalPosition = HorizontalAnchorValues.Page,
            VerticalPosition = VerticalAnchorValues.Page,
            X = $"{WordUnits.Twips(left)}",
            Y = $"{WordUnits.Twips(top)}",
        },
        SpacingBetweenLines = new() { Before = "0", After = "0", Line = "240", LineRule = LineSpacingRuleValues.Auto },
    };

    /// <summary>A line across.</summary>
    public static W.Paragraph Line(double left, double top, double width)
    {
        var properties = At(left, top, width, 1);
        properties.ParagraphBorders = new() { TopBorder = new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "808080" } };
        return new W.Paragraph(properties);
    }
}
