using System.Diagnostics;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;
using UglyToad.PdfPig;

namespace LLMoin.UnitTests.Exports;

public sealed class HostileTests
{
    private const string Markdown =
        "<script>alert(1)</script> und <b onclick=x>fett</b>\n\n[klick](javascript:alert(1)) [hier](data:text/html,x) ![Bild](http://boese.example/x.png)\n\n" +
        "| a |\n|---|\n| =cmd\\|'/c calc'!A0 |\n| { PAGE } |\n\nEnde \u0000\u0001\u001b[31m \ud800 \u202egnp.exe \ufffe) Tj ET endstream endobj\n\n";

    public static ExportDocument Document => Samples.Document(Markdown) with
    {
        Title = "Titel ) >> \u0007 <x>&\"",
        Sources = [new(1, "A\u0000\nB", 1, "<h>", "\udc00 ]]> --> q")],
        Mark = new("m\"\n---\nx: y", new(2026, 1, 1)),
    };

    [Fact]
    public void Html_and_formulas_are_text_and_only_harmless_links_are_links()
    {
        using var docx = WordprocessingDocument.Open(new MemoryStream(Write(ExportFormat.Docx)), isEditable: false);
        var body = docx.MainDocumentPart!.Document!.Body!;

        Assert.Contains("<script>alert(1)</script> und <b onclick=x>fett</b>", body.InnerText);
        Assert.Contains("klick hier Bild", body.InnerText);
        Assert.Contains("=cmd|'/c calc'!A0", body.InnerText);
        Assert.Contains("{ PAGE }", body.InnerText);
        Assert.Empty(body.Descendants<SimpleField>());
        Assert.Empty(body.Descendants<FieldCode>());
        Assert.Empty(docx.MainDocumentPart.HyperlinkRelationships);
    }

    [Fact]
    public void Text_cannot_leave_its_place_in_a_pdf()
    {
        var file = Write(ExportFormat.Pdf);
        using var pdf = PdfDocument.Open(file);

        Assert.Equal("Titel ) >> <x>&\"", pdf.Information.Title);
        var text = string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.Contains(") Tj ET endstream endobj", text);
        Assert.DoesNotContain("/URI", Encoding.Latin1.GetString(file));
    }

    [Fact]
    public void Markdown_keeps_as_text_what_was_text_and_its_front_matter_whole()
    {
        var text = Encoding.UTF8.GetString(Write(ExportFormat.Markdown));

        Assert.Contains("\\<script\\>alert(1)\\</script\\>", text);
        Assert.DoesNotContain("javascript:", text);
        Assert.Contains("ai-model: \"m\\\" --- x: y\"\n", text);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
    }

    [Theory]
    [InlineData("[")]
    [InlineData("*a **b ")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("x")]
    [InlineData("| a ")]
    [InlineData("`a ")]
    [InlineData("![](")]
    [InlineData("1. a\n   ")]
    [InlineData("<a ")]
    public void Two_megabytes_of_markup_take_seconds_at_most(string markup)
    {
        var clock = Stopwatch.StartNew();
        var document = Samples.Document(string.Concat(Enumerable.Repeat(markup, 2_000_000 / markup.Length)));
        foreach (var format in Enum.GetValues<ExportFormat>())
            Assert.NotEmpty(Exporter.Write(document, format).Content);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_text_that_is_cut_says_so()
    {
        var blocks = MarkdownText.Read(new string('x', MarkdownText.MaxLength + 1));

        Assert.Contains("gekürzt", Assert.IsType<LLMoin.Exports.Blocks.Paragraph>(blocks[^1]).Runs[0].Text);
    }

    private static byte[] Write(ExportFormat format) => Exporter.Write(Document, format).Content;
}
