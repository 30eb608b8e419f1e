using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class PdfReaderTests
{
    [Fact]
    public void A_statute_is_read_with_headings_sections_and_pages()
    {
        var pdf = new PdfFile("Hundesteuersatzung der Stadt Musterdorf");
        pdf.Page()
            .Line("Satzung über die Erhebung der Hundesteuer", 70, PdfFile.Top, 18, bold: true)
            .Line("§ 1 Steuergegenstand", 70, 740, bold: true)
            .Lines(70, 722, "(1) Gegenstand der Steuer ist das Halten von Hunden im Gemeindegebiet. Die Steu-", "er ist eine Jahressteuer.")
            .Lines(70, 694, "(2) Das Steuerjahr ist das Kalenderjahr.");
        pdf.Page()
            .Line("§ 2 Steuersätze", 70, PdfFile.Top, bold: true)
            .Lines(70, 762, "Die Steuer beträgt für den ersten Hund 90 Euro. Für Assistenz-", "und Rettungshunde ist sie ermäßigt.");

        var document = Files.Read(pdf.Build(), "hundesteuer.pdf");

        Assert.Equal(("Hundesteuersatzung der Stadt Musterdorf", 2), (document.Title, document.Pages));
        Assert.Equal(["# Satzung über die Erhebung der Hundesteuer"], document.Texts(BlockKind.Heading));
        Assert.Equal(["§ 1 Steuergegenstand", "§ 2 Steuersätze"], document.Texts(BlockKind.Section));
        Assert.Equal(
            ["(1) Gegenstand der Steuer ist das Halten von Hunden im Gemeindegebiet. Die Steuer ist eine Jahressteuer.", "(2) Das Steuerjahr ist das Kalenderjahr."],
            document.Texts(BlockKind.ListItem));
        Assert.Equal(["Die Steuer beträgt für den ersten Hund 90 Euro. Für Assistenz- und Rettungshunde ist sie ermäßigt."], document.Texts(BlockKind.Paragraph));
        var chunk = Chunker.Split(document.Text, document.PageAt)[^1];
        Assert.Equal(2, chunk.Page);
        Assert.Equal(["Satzung über die Erhebung der Hundesteuer", "§ 2 Steuersätze"], chunk.HeadingPath);
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        var pdf = new PdfFile();
        pdf.Page();
        string[] left = ["Der Wochenmarkt findet dienstags", "und freitags auf dem Rathausplatz", "statt. Er beginnt um sieben Uhr", "und endet um dreizehn Uhr. Wer", "einen Stand betreiben will,", "braucht eine Erlaubnis."];
        string[] right = ["Die Erlaubnis wird für ein Jahr", "erteilt. Sie kostet zwölf Euro je", "Markttag und laufendem Meter.", "Der Antrag ist beim Ordnungsamt", "zu stellen. Über ihn wird binnen", "zwei Wochen entschieden."];
        pdf.Lines(60, 740, left).Lines(320, 740, right);

        var document = Files.Read(pdf.Build(), "markt.pdf");

        Assert.Equal($"{string.Join(' ', left)}\n\n{string.Join(' ', right)}", document.Text);
    }

    [Fact]
    public void Headers_footers_and_page_numbers_go()
    {
        var pdf = new PdfFile();
        for (var page = 1; page <= 4; page++)
        {
            pdf.Page().Line("Stadt Musterdorf – Der Bürgermeister", 70, 815, 9).Line($"Seite {page} von 4", 280, 30, 9);
            pdf.Lines(70, 740, $"Der Abschnitt {page} regelt die Benutzung der Sporthallen in der Gemeinde. Anträge sind vor", "Beginn des Halbjahres bei der zuständigen Stelle schriftlich zu stellen, und zwar immer");
            pdf.Lines(70, 712, page < 4 ? "mit den vollständigen Unterlagen, die das jeweils benutzte Haus-" : "mit allen Unterlagen.");
        }

        var text = Files.Read(pdf.Build(), "hallen.pdf").Text;

        Assert.DoesNotContain("Bürgermeister", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seite", text, StringComparison.Ordinal);
        Assert.Equal(4, text.Split("Der Abschnitt").Length - 1);
    }

    [Fact]
    public void Headers_that_name_the_section_go_though_each_stands_on_few_pages()
    {
        var pdf = new PdfFile();
        string[] sections = ["1. Zweck", "1. Zweck", "2. Antrag", "2. Antrag", "3. Frist", "3. Frist", "4. Schluss"];
        foreach (var (index, section) in sections.Index())
            pdf.Page().Line(section.ToUpperInvariant(), 400, 800, 8).Lines(70, 700, $"Auf diesem Blatt steht Regel {index}, und sie gilt für alle, die an dem Verfahren teilnehmen.");

        var text = Files.Read(pdf.Build(), "a.pdf").Text;

        foreach (var section in sections)
            Assert.DoesNotContain(section.ToUpperInvariant(), text, StringComparison.Ordinal);
        Assert.Equal(7, text.Split("Auf diesem Blatt").Length - 1);
    }

    [Fact]
    public void Words_set_close_together_stay_words_and_a_heading_keeps_its_number()
    {
        var file = new PdfFile().Page().Line("2.1", 70, 760, 16, bold: true).Line("Sitzungen", 130, 760, 16, bold: true)
            .Line("Am Mittwoch im Raum Weimar am Markt", 70, 720, spacing: -1.4).Lines(70, 600, "Näheres ................ 7").Build();

        Assert.Equal("# 2.1 Sitzungen\n\nAm Mittwoch im Raum Weimar am Markt\n\nNäheres 7", Files.Read(file, "a.pdf").Text);
    }

    [Fact]
    public void A_sentence_that_runs_over_the_page_is_one_and_begins_on_the_first()
    {
        var pdf = new PdfFile();
        pdf.Page().Lines(70, 700, "Die Gebühr ist vor der Ausstellung des Ausweises zu zahlen und wird nicht er-");
        pdf.Page().Lines(70, 760, "stattet, wenn der Antrag abgelehnt wird.");

        var document = Files.Read(pdf.Build(), "a.pdf");

        Assert.Equal("Die Gebühr ist vor der Ausstellung des Ausweises zu zahlen und wird nicht erstattet, wenn der Antrag abgelehnt wird.", document.Text);
        Assert.Equal(1, Assert.Single(document.Blocks).Page);
    }

    [Fact]
    public void A_table_keeps_its_rows()
    {
        var pdf = new PdfFile();
        pdf.Page().Lines(70, 760, "Für Amtshandlungen werden die folgenden Gebühren erhoben.");
        (string, string)[] rows = [("Leistung", "Gebühr"), ("Beglaubigung einer Unterschrift", "6,00 EUR"), ("Meldebescheinigung", "10,00 EUR"), ("Fischereischein", "35,00 EUR")];
        foreach (var (index, row) in rows.Index())
            pdf.Line(row.Item1, 70, 720 - (index * 18)).Line(row.Item2, 350, 720 - (index * 18));
        pdf.Lines(70, 620, "Die Gebühren sind sofort fällig.");

        var document = Files.Read(pdf.Build(), "gebuehren.pdf");

        Assert.Equal(["| Leistung | Gebühr |", "| Beglaubigung einer Unterschrift | 6,00 EUR |", "| Meldebescheinigung | 10,00 EUR |", "| Fischereischein | 35,00 EUR |"], document.Texts(BlockKind.TableRow));
        Assert.StartsWith("Für Amtshandlungen", document.Text, StringComparison.Ordinal);
        Assert.EndsWith("sofort fällig.", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scanned_page_is_never_dropped_in_silence()
    {
        var pdf = new PdfFile();
        pdf.Page().Lines(70, 700, "Das Deckblatt hat Text.");
        pdf.Page().Picture(new byte[600 * 800], 600, 800);
        pdf.Page().Picture(new byte[601 * 800], 601, 800);

        var document = Files.Read(pdf.Build(), "scan.pdf");

        Assert.Equal(3, document.Pages);
        Assert.Equal([new UnreadPart(2, 3, null, "scanned")], document.Unread);
    }

    [Fact]
    public void Where_text_recognition_is_installed_a_scanned_page_is_read()
    {
        var file = new PdfFile().Page().Picture(new byte[600 * 800], 600, 800).Build();

        var document = Files.Read(file, "scan.pdf", Files.Options with { Tesseract = StandIn.Tesseract("Der Bescheid ist be-\nstandskräftig.\n\n|\n\n2. Absatz") });

        Assert.Equal("Der Bescheid ist bestandskräftig.\n\n2. Absatz", document.Text);
        Assert.Empty(document.Unread);
        Assert.Equal(1, document.PageAt(0));
        Assert.Equal([new UnreadPart(1, null, null, "recognition-limit")],
            Files.Read(file, "scan.pdf", Files.Options with { Tesseract = StandIn.Tesseract("Text"), MaxRecognisedPages = 0 }).Unread);
        Assert.Equal([new UnreadPart(1, null, null, "scanned")],
            Files.Read(file, "scan.pdf", Files.Options with { Tesseract = StandIn.Tesseract("Text"), RecognitionLanguage = "fra" }).Unread);
    }

    [Fact]
    public void Text_recognition_leaves_time_for_the_pages_behind()
    {
        var file = new PdfFile().Page().Picture(new byte[600 * 800], 600, 800).Page().Picture(new byte[601 * 800], 601, 800).Page().Lines(70, 700, "Am Ende steht Text.").Build();

        var document = Files.Read(file, "scan.pdf", Files.Options with { Tesseract = StandIn.Tesseract("Erkannt.", seconds: 1.5), Seconds = 2 });

        Assert.Equal("Erkannt.\n\nAm Ende steht Text.", document.Text);
        Assert.Equal([new UnreadPart(2, null, null, "recognition-limit")], document.Unread);
    }

    [Theory]
    [InlineData("Microsoft Word - Entwurf2.docx", null)]
    [InlineData("satzung_final.indd", null)]
    [InlineData("unbenannt", null)]
    [InlineData("Satzung über den Wochenmarkt", "Satzung über den Wochenmarkt")]
    public void A_title_that_is_none_is_not_taken(string given, string? expected)
    {
        var pdf = new PdfFile(given);
        pdf.Page().Lines(70, 700, "Text.");

        Assert.Equal(expected, Files.Read(pdf.Build(), "a.pdf").Title);
    }

    [Fact]
    public void A_file_with_more_pages_than_allowed_is_refused()
    {
        var pdf = new PdfFile();
        for (var page = 0; page < 6; page++)
            pdf.Page().Lines(70, 700, "Seite.");

        Assert.Equal(ReadingReason.TooManyPages, Files.Refusal(pdf.Build(), "a.pdf", Files.Options with { MaxPages = 5 }));
    }
}
