using System.Text;
using LLMoin.Exports;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Outline;
using UglyToad.PdfPig.Tokens;

namespace LLMoin.UnitTests.Exports;

public sealed class PdfTests
{
    private const double PointsPerMillimetre = 72 / 25.4;

    [Fact]
    public void Its_text_can_be_read_out_with_all_german_characters()
    {
        using var pdf = Open(Samples.Document());
        var text = Text(pdf);

        foreach (var expected in (string[])["Homeoffice in Größe „XXL“", "bis 30. Juni", "12,50 €", "HO-12", "=SUM(A1:A9)", "Ausnahmen regelt § 5.", "Straße & Weg", "if (x < 1) return;"])
            Assert.Contains(expected, text);
    }

    [Fact]
    public void It_names_sources_and_says_that_it_was_generated()
    {
        using var pdf = Open(Samples.Document());
        var text = Text(pdf);

        Assert.Contains("[1] Dienstanweisung, S. 3, § 4 Frist", text);
        Assert.Contains("„Anträge sind bis zum 30. Juni zu stellen.“", text);
        Assert.Contains("KI-generiert mit dem Modell qwen3-4b am 24.11.2026", text);
        Assert.Contains("Entwurf – zur menschlichen Prüfung", text);
    }

    [Fact]
    public void Machines_find_title_language_and_mark()
    {
        using var pdf = Open(Samples.Document());

        Assert.True(pdf.TryGetXmpMetadata(out var xmp));
        Assert.Contains("Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia<", xmp.GetXDocument().ToString());
        Assert.Equal("Auskunft zum Homeoffice – Straße & Weg", pdf.Information.Title);
        var catalogue = pdf.Structure.Catalog.CatalogDictionary;
        Assert.Equal("de", ((StringToken)catalogue.Data["Lang"]).Data);
        Assert.True(((BooleanToken)((DictionaryToken)catalogue.Data["MarkInfo"]).Data["Marked"]).Data);
        Assert.True(catalogue.Data.ContainsKey("StructTreeRoot"));
    }

    [Fact]
    public void A_text_by_people_bears_no_mark()
    {
        var file = Exporter.Write(Samples.Document() with { Mark = null }, ExportFormat.Pdf);

        Assert.DoesNotContain("trainedAlgorithmicMedia", Encoding.Latin1.GetString(file.Content));
        using var pdf = PdfDocument.Open(file.Content);
        Assert.DoesNotContain("KI-generiert", Text(pdf));
    }

    [Fact]
    public void Headings_are_bookmarks_and_elements_of_the_structure()
    {
        using var pdf = Open(Samples.Document("# Eins\n\nText\n\n## Eins Punkt Eins\n\nText\n\n# Zwei\n\nText"));

        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal([("Eins", 0), ("Eins Punkt Eins", 1), ("Zwei", 0), ("Quellen", 0)],
            bookmarks.GetNodes().OfType<DocumentBookmarkNode>().Select(node => (node.Title, node.Level)));
        Assert.Contains(pdf.GetPage(1).GetMarkedContents(), content => content.Tag == "H2");
    }

    [Fact]
    public void Every_drawn_letter_is_structured_or_an_artifact()
    {
        using var pdf = Open(Samples.Letter(Samples.Answer));
        foreach (var page in pdf.GetPages())
            Assert.Equal(page.Letters.Count, page.GetMarkedContents().Sum(content => content.Letters.Count));
    }

    [Fact]
    public void Fonts_are_embedded_as_subsets()
    {
        var file = Exporter.Write(Samples.Document(), ExportFormat.Pdf);

        using var pdf = PdfDocument.Open(file.Content);
        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter => Assert.StartsWith("LLMOIN+DejaVu", letter.FontName));
        Assert.InRange(file.Content.Length, 1, 400_000);
    }

    [Fact]
    public void A_letters_fields_stand_where_DIN_5008_form_B_wants_them()
    {
        using var pdf = Open(Samples.Letter());
        var page = pdf.GetPage(1);

        AssertWithin(page, "Einschreiben", 25, 50, 105, 62.7);
        AssertWithin(page, "Erika", 25, 62.7, 105, 90);
        AssertWithin(page, "10115", 25, 62.7, 105, 90);
        AssertWithin(page, "EM-7", 125, 50, 200, 90);
        AssertWithin(page, "Wohngeld", 25, 98, 190, 104);
        var returnLine = page.GetWords().First(word => word.Text == "Musterdorf," && Top(page, word) > 40);
        Assert.InRange(Top(page, returnLine), 45, 50);
        foreach (var mark in (double[])[105, 148.5, 210])
            Assert.Contains(page.Paths, path => path.GetBoundingRectangle() is { } box && box.Left / PointsPerMillimetre < 12
                && Math.Abs(((page.Height - box.Top) / PointsPerMillimetre) - mark) < 0.1);
    }

    [Fact]
    public void A_letter_has_all_its_parts_and_numbers_its_pages()
    {
        using var pdf = Open(Samples.Letter(string.Join("\n\n", Enumerable.Repeat("Ein Absatz mit einigem Text, damit es länger wird.", 40))));
        var text = Text(pdf);

        Assert.Equal(2, pdf.NumberOfPages);
        foreach (var expected in (string[])["Ihr Zeichen: EM-7", "Ihre Nachricht vom: 01.11.2026", "Unser Zeichen: Az. 12/2026", "Datum: 24.11.2026", "Sehr geehrte Damen und Herren,",
                     "Mit freundlichen Grüßen", "Anlage", "Merkblatt", "Seite 1 von 2", "Seite 2 von 2", "Sparkasse Musterdorf", "KI-generiert"])
            Assert.Contains(expected, text);
        Assert.DoesNotContain("Betreff", text);
    }

    [Fact]
    public void A_long_table_repeats_its_header_and_loses_no_row()
    {
        var rows = string.Concat(Enumerable.Range(1, 150).Select(row => $"| Zeile {row} | {new string('x', 200)} |\n"));
        using var pdf = Open(Samples.Document("| Kopf | Wert |\n| --- | --- |\n" + rows));
        var text = Text(pdf);

        Assert.All(Enumerable.Range(1, 150), row => Assert.Contains($"Zeile {row} ", text));
        Assert.All(pdf.GetPages().SkipLast(1), page => Assert.Contains(page.GetWords(), word => word.Text == "Kopf"));
    }

    [Fact]
    public void Columns_are_aligned_as_the_table_says()
    {
        using var pdf = Open(Samples.Document("| Links | Mitte | Rechts |\n| :-- | :-: | --: |\n| a | bbb | 1,50 |\n| aaaaaa | b | 1234,50 |"));
        var words = pdf.GetPages().SelectMany(page => page.GetWords()).ToList();
        double Left(string text) => words.Single(word => word.Text == text).BoundingBox.Left;
        double Right(string text) => words.Single(word => word.Text == text).BoundingBox.Right;

        Assert.Equal(Left("a"), Left("aaaaaa"), 0.5);
        Assert.Equal((Left("bbb") + Right("bbb")) / 2, (Left("b") + Right("b")) / 2, 0.5);
        Assert.Equal(Right("1,50"), Right("1234,50"), 0.5);
        Assert.True(Left("1,50") > Left("1234,50") + 5);
    }

    [Fact]
    public void Nothing_runs_over_the_right_margin()
    {
        using var pdf = Open(Samples.Document($"{new string('W', 3000)} und **{new string('M', 500)}**\n\n    {new string('c', 900)}\n\n| a | b |\n|---|---|\n| {new string('t', 700)} | 1 |"));

        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter => Assert.InRange(letter.BoundingBox.Right / PointsPerMillimetre, 0, 190.5));
    }

    [Fact]
    public void A_character_without_a_glyph_is_shown_as_one()
    {
        using var pdf = Open(Samples.Document("Vorher 漢 nachher"));

        Assert.Contains("Vorher \ufffd nachher", Text(pdf));
    }

    private static PdfDocument Open(ExportDocument document) => PdfDocument.Open(Exporter.Write(document, ExportFormat.Pdf).Content);

    /// <summary>In the order in which it is drawn, with one space between words and lines.</summary>
    private static string Text(PdfDocument pdf) => string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));

    private static double Top(Page page, Word word) => (page.Height - word.BoundingBox.Top) / PointsPerMillimetre;

    private static void AssertWithin(Page page, string word, double left, double top, double right, double bottom)
    {
        var box = page.GetWords().First(found => found.Text == word).BoundingBox;
        Assert.InRange(box.Left / PointsPerMillimetre, left - 0.5, right);
        Assert.InRange(box.Right / PointsPerMillimetre, left, right);
        Assert.InRange((page.Height - box.Top) / PointsPerMillimetre, top, bottom);
        Assert.InRange((page.Height - box.Bottom) / PointsPerMillimetre, top, bottom);
    }
}
