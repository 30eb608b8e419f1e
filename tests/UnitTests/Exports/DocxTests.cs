using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.CustomProperties;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports;

namespace LLMoin.UnitTests.Exports;

public sealed class DocxTests
{
    public static TheoryData<string> Kinds => ["document", "letter", "bare", "hostile"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_validator_finds_no_error(string kind)
    {
        using var file = Open(kind switch
        {
            "letter" => Samples.Letter(Samples.Answer),
            "bare" => new ExportDocument { Title = "", Created = default, Blocks = [] },
            "hostile" => HostileTests.Document,
            _ => Samples.Document(),
        });

        var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file, TestContext.Current.CancellationToken);

        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void Headings_lists_tables_and_links_are_words_own()
    {
        using var file = Open(Samples.Document());
        var body = file.MainDocumentPart!.Document!.Body!;

        Assert.Equal("Homeoffice in Größe „XXL“", Assert.Single(body.Descendants<Paragraph>(), Styled("Heading1", "Homeoffice")).InnerText);
        Assert.Equal([0, 0, 1, 1], body.Descendants<NumberingProperties>().Select(number => number.NumberingLevelReference!.Val!.Value));
        var table = Assert.Single(body.Descendants<Table>());
        Assert.NotNull(table.Descendants<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>());
        Assert.Contains(table.Descendants<TableCell>(), cell => cell.InnerText == "=SUM(A1:A9)");
        Assert.Equal("Dienstweg", Assert.Single(body.Descendants<Hyperlink>()).InnerText);
        Assert.Equal("https://example.org/dienst?a=1&b=2", Assert.Single(file.MainDocumentPart.HyperlinkRelationships).Uri.AbsoluteUri);
        Assert.Single(body.Descendants<Bold>(), bold => bold.Parent!.Parent!.InnerText == "bis 30. Juni");
    }

    [Fact]
    public void Columns_are_aligned_as_the_table_says()
    {
        using var file = Open(Samples.Document("| Posten | Euro |\n| --- | ---: |\n| a | 1,50 |"));
        var cells = file.MainDocumentPart!.Document!.Body!.Descendants<TableCell>().ToDictionary(cell => cell.InnerText);

        Assert.Equal(JustificationValues.Right, cells["1,50"].Descendants<Justification>().Single().Val!.Value);
        Assert.Empty(cells["a"].Descendants<Justification>());
    }

    [Fact]
    public void Title_language_and_mark_are_there_for_machines_and_the_mark_for_readers()
    {
        using var file = Open(Samples.Document());

        Assert.Equal("Auskunft zum Homeoffice – Straße & Weg", file.PackageProperties.Title);
        Assert.Equal("de-DE", file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Descendants<Languages>().First().Val!.Value);
        Assert.Equal(
            [("AiGenerated", "true"), ("AiModel", "qwen3-4b"), ("AiGeneratedOn", "2026-11-24"), ("DigitalSourceType", AiMark.DigitalSourceType)],
            file.CustomFilePropertiesPart!.Properties!.Elements<CustomDocumentProperty>().Select(property => (property.Name!.Value!, property.InnerText)));
        using var packet = new StreamReader(Assert.Single(file.MainDocumentPart.CustomXmlParts).GetStream());
        Assert.Contains(AiMark.DigitalSourceType, packet.ReadToEnd());
        Assert.Contains("KI-generiert mit dem Modell qwen3-4b am 24.11.2026", file.MainDocumentPart.Document!.InnerText);
        Assert.Contains("[1]Dienstanweisung, S. 3, § 4 Frist", file.MainDocumentPart.Document.InnerText);
    }

    [Fact]
    public void A_letters_address_stands_in_a_frame_at_the_place_of_form_B()
    {
        using var file = Open(Samples.Letter());
        var address = file.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Single(paragraph => paragraph.InnerText == "Erika Mustermann").ParagraphProperties!.FrameProperties!;

        Assert.Equal((20, 62.7, 85, 27.3), (Millimetres(address.X!.Value!), Millimetres(address.Y!.Value!), Millimetres(address.Width!.Value!), Millimetres(address.Height!.InnerText!)));
        Assert.Contains("Ihr Antrag auf Wohngeld", file.MainDocumentPart.Document.InnerText);
        Assert.DoesNotContain("Betreff", file.MainDocumentPart.Document.InnerText);
        Assert.All(file.MainDocumentPart.FooterParts, footer => Assert.Equal(["PAGE", "NUMPAGES"], footer.Footer!.Descendants<SimpleField>().Select(field => field.Instruction!.Value)));
    }

    private static Predicate<Paragraph> Styled(string style, string text)
        => paragraph => paragraph.ParagraphProperties?.ParagraphStyleId?.Val == style && paragraph.InnerText.Contains(text, StringComparison.Ordinal);

    private static double Millimetres(string twips) => Math.Round(int.Parse(twips, System.Globalization.CultureInfo.InvariantCulture) * 25.4 / 1440, 1);

    private static WordprocessingDocument Open(ExportDocument document)
        => WordprocessingDocument.Open(new MemoryStream(Exporter.Write(document, ExportFormat.Docx).Content), isEditable: false);
}
