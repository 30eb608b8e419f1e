namespace LLMoin.TestDocuments;

/// <summary>A small valid file of each format, to be damaged.</summary>
public static class SmallFiles
{
    private const string Rule = "Der Markt beginnt um sieben Uhr.";

    /// <summary>By extension.</summary>
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } = new Dictionary<string, Func<byte[]>>
    {
        ["pdf"] = Pdf,
        ["docx"] = Docx,
        ["xlsx"] = Xlsx,
        ["pptx"] = Pptx,
        ["odt"] = Odt,
        ["html"] = Html,
        ["eml"] = Eml,
        ["zip"] = Zip,
    };

    public static byte[] Pdf()
        => new PdfFile("Satzung").Page().Line("Wochenmarktsatzung", 70, PdfFile.Top, 18, bold: true).Lines(70, 740, "§ 1 Marktzeiten", Rule).Page().Picture(new byte[100], 10, 10).Build();

    public static byte[] Docx()
        => new WordFile().Entitled("Satzung").Paragraph("Wochenmarktsatzung", "berschrift1").Paragraph("Marktzeiten", null, WordFile.Sections).Paragraph(Rule)
            .Table(true, ["Stand", "Gebühr"], ["klein", "12 Euro"]).Build();

    public static byte[] Xlsx() => new SheetFile().Sheet("Gebühren", [["Stand", "Gebühr"], ["klein", SheetFile.Euro(12)], ["groß", SheetFile.Euro(24.5)]]).Build();

    public static byte[] Pptx() => new SlideFile().Slide("Wochenmarkt", [Rule], "Bitte erklären.").Slide(null, [], null, false, SlideFile.Table(["Stand", "Gebühr"], ["klein", "12 Euro"])).Build();

    public static byte[] Odt() => OdtFile.Of($"<text:h text:outline-level=\"1\">Satzung</text:h><text:p>{Rule}</text:p><text:list><text:list-item><text:p>Obst</text:p></text:list-item></text:list>", "Satzung");

    public static byte[] Html() => Archives.Text($"<!doctype html><title>Satzung</title><h1>Satzung</h1><p>{Rule}</p><ul><li>Obst<li>Gemüse</ul><table><tr><th>Stand<th>Gebühr<tr><td>klein<td>12 Euro</table>");

    public static byte[] Eml() => MailFile.Of("Marktzeiten", Rule, $"<p>{Rule}</p>", ("satzung.zip", Zip()));

    public static byte[] Zip() => Archives.Zip(("satzung.md", Archives.Text($"# Satzung\n\n§ 1 Marktzeiten\n\n{Rule}")), ("innen.zip", Archives.Zip(("a.txt", Archives.Text("Innen.")))));
}
