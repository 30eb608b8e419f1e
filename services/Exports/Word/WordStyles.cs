using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports.Text;

namespace LLMoin.Exports.Word;

/// <summary>The styles that everything is written in, so that a template of the agency's can replace them all.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Quote = "Quote";
    public const string Code = "SourceCode";
    public const string List = "ListParagraph";
    public const string Table = "TableGrid";
    public const string Link = "Hyperlink";
    public const string CodeRun = "VerbatimChar";
    public const string Mark = "AiMark";
    public const string Notice = "Notice";
    public const string Source = "Source";
    public const string SourceQuote = "SourceQuote";
    public const string Subject = "Subject";
    public const string Small = "Small";
    private const string Normal = "Normal";

    /// <summary>In half points, of <c>Heading1</c> to <c>Heading6</c>.</summary>
    private static readonly int[] HeadingSizes = [32, 28, 25, 22, 22, 22];

    public static string Heading(int level) => "Heading" + level.ToString(CultureInfo.InvariantCulture);

    public static Styles Of(Wording wording)
    {
        var styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle
                {
                    RunFonts = new() { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial", EastAsia = "Arial" },
                    FontSize = new() { Val = "22" },
                    Languages = new() { Val = wording.Tag == "de" ? "de-DE" : "en-GB" },
                }),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle { SpacingBetweenLines = Spacing(0, 120, 264) })),
            Of(Normal, "Normal", new(), new(), isDefault: true),
            Of(Title, "Title", new() { SpacingBetweenLines = Spacing(0, 120), KeepNext = new() }, Font(40, bold: true)));
        styles.Append(HeadingSizes.Select((size, index) => Of(Heading(index + 1), string.Create(CultureInfo.InvariantCulture, $"heading {index + 1}"),
            new() { KeepNext = new(), KeepLines = new(), SpacingBetweenLines = Spacing(240, 80), OutlineLevel = new() { Val = index } }, Font(size, bold: true))));
        styles.Append(
            Of(Quote, "Quote", new() { Indentation = new() { Left = "567" }, ParagraphBorders = LeftLine() }, new() { Italic = new() }),
            Of(Code, "Source Code", new() { Shading = Grey(), SpacingBetweenLines = Spacing(60, 120, 240) }, Mono(18)),
            Of(List, "List Paragraph", new() { SpacingBetweenLines = Spacing(0, 60) }, new()),
            Of(Mark, "AI mark", new() { SpacingBetweenLines = Spacing(0, 120) }, Font(18, "555555")),
            Of(Notice, "Notice", new() { Shading = Grey(), SpacingBetweenLines = Spacing(0, 120) }, Font(20)),
            Of(Source, "Source", new() { KeepLines = new(), Indentation = Hanging(), SpacingBetweenLines = Spacing(0, 60) }, Font(20)),
            Of(SourceQuote, "Source quote", new() { Indentation = new() { Left = "567" } }, Font(18, "444444")),
            Of(Subject, "Subject", new() { SpacingBetweenLines = Spacing(0, 480) }, Font(22, bold: true)),
            Of(Small, "Small", new() { SpacingBetweenLines = Spacing(0, 0, 240) }, Font(16)),
            new Style(new StyleName { Val = "Hyperlink" }, new StyleRunProperties { Color = new() { Val = "0B4F8A" }, Underline = new() { Val = UnderlineValues.Single } })
            {
                Type = StyleValues.Character,
                StyleId = Link,
            },
            new Style(new StyleName { Val = "Verbatim Char" }, Mono(20)) { Type = StyleValues.Character, StyleId = CodeRun },
            new Style(new StyleName { Val = "Table Grid" }, new StyleTableProperties(Grid())) { Type = StyleValues.Table, StyleId = Table });
        return styles;
    }

    private static Style Of(string id, string name, StyleParagraphProperties paragraph, StyleRunProperties run, bool isDefault = false)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, StyleName = new() { Val = name }, PrimaryStyle = new() };
        if (isDefault)
            style.Default = true;
        else
            style.BasedOn = new() { Val = Normal };
        style.StyleParagraphProperties = paragraph;
        style.StyleRunProperties = run;
        return style;
    }

    /// <summary>In twentieths of a point; <paramref name="line"/> in 240ths of a line.</summary>
    private static SpacingBetweenLines Spacing(int before, int after, int? line = null)
    {
        var spacing = new SpacingBetweenLines { Before = Written(before), After = Written(after) };
        if (line is { } height)
            (spacing.Line, spacing.LineRule) = (Written(height), LineSpacingRuleValues.Auto);
        return spacing;
    }

    private static string Written(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static StyleRunProperties Font(int halfPoints, string? colour = null, bool bold = false) => new()
    {
        Bold = bold ? new() : null,
        Color = colour is null ? null : new() { Val = colour },
        FontSize = new() { Val = Written(halfPoints) },
    };

    private static StyleRunProperties Mono(int halfPoints) => new()
    {
        RunFonts = new() { Ascii = "Courier New", HighAnsi = "Courier New", ComplexScript = "Courier New" },
        NoProof = new(),
        FontSize = new() { Val = Written(halfPoints) },
    };

    private static Shading Grey() => new() { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "F2F2F2" };

    private static Indentation Hanging() => new() { Left = "567", Hanging = "567" };

    private static ParagraphBorders LeftLine() => new() { LeftBorder = new() { Val = BorderValues.Single, Size = 12, Space = 8, Color = "999999" } };

    private static TableBorders Grid() => new()
    {
        TopBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
        LeftBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
        BottomBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
        RightBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
        InsideHorizontalBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
        InsideVerticalBorder = new() { Val = BorderValues.Single, Size = 4, Color = "808080" },
    };
}
