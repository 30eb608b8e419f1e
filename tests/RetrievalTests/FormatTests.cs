using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using LLMoin.TestDocuments;

namespace LLMoin.RetrievalTests;

/// <summary>Files as staff have them: uploaded, read, found, cited.</summary>
public sealed class FormatTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task An_archive_is_searched_through_and_what_is_not_read_is_told()
    {
        var file = Archives.Zip(
            ("Rathaus/parken.md", Archives.Text("# Bewohnerparken\n\nEin Bewohnerparkausweis kostet 30 Euro im Jahr.")),
            ("../../../etc/wappen.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10]));

        var (document, passage) = await FindAsync(file, "anlagen.zip", "Was kostet ein Bewohnerparkausweis?");

        Assert.Equal("application/zip", (string?)document["mediaType"]);
        Assert.Equal("parken.md > Bewohnerparken", (string?)passage["headingPath"]);
        Assert.Null(passage["page"]);
        var unread = Assert.Single(document["unread"]!.AsArray())!;
        Assert.Equal(("wappen.png", "unsupported", 1), ((string?)unread["name"], (string?)unread["reason"], (int)document["unreadParts"]!));
        Assert.Equal("Diese Art von Datei wird nicht gelesen.", (string?)unread["reasonTextDe"]);
    }

    [Fact]
    public async Task A_PDF_is_cited_with_its_page_and_its_scanned_pages_are_told()
    {
        var file = new PdfFile("Satzung über den Wochenmarkt")
            .Page().Line("§ 1 Marktzeiten", 70, PdfFile.Top, bold: true).Lines(70, 740, "Der Wochenmarkt beginnt um sieben Uhr und endet um dreizehn Uhr.")
            .Page().Line("§ 2 Standgebühr", 70, PdfFile.Top, bold: true).Lines(70, 740, "Die Standgebühr beträgt zwölf Euro je laufen-", "dem Meter und Markttag.")
            .Page().Picture(new byte[600 * 800], 600, 800).Build();

        var (document, passage) = await FindAsync(file, "scan0815.txt", "Wie hoch ist die Standgebühr auf dem Markt?");

        Assert.Equal(("application/pdf", "Satzung über den Wochenmarkt", 3), ((string?)document["mediaType"], (string?)document["title"], (int)document["pages"]!));
        Assert.Equal((2, "§ 2 Standgebühr", "Die Standgebühr beträgt zwölf Euro je laufendem Meter und Markttag."),
            ((int)passage["page"]!, (string?)passage["headingPath"], (string?)passage["text"]));
        var unread = Assert.Single(document["unread"]!.AsArray())!;
        Assert.Equal(3, (int)unread["page"]!);
        // Depends on whether this machine has text recognition, which finds nothing on a grey page.
        Assert.Contains((string?)unread["reason"], new[] { "scanned", "unrecognised" });
    }

    [Fact]
    public async Task A_Word_document_is_cited_with_its_section()
    {
        var file = new WordFile().Paragraph("Satzung über die Hundesteuer", "Titel").Paragraph("Steuergegenstand", null, WordFile.Sections)
            .Paragraph("Gegenstand ist das Halten von Hunden im Gemeindegebiet.", null, WordFile.Sections, 1)
            .Paragraph("Steuersätze", null, WordFile.Sections).Table(true, ["Hund", "Steuer im Jahr"], ["erster Hund", "90,00 EUR"], ["zweiter Hund", "120,00 EUR"]).Build();

        var (document, passage) = await FindAsync(file, "hundesteuer.docx", "Was kostet der zweite Hund?");

        Assert.Equal(("Satzung über die Hundesteuer", "§ 2 Steuersätze"), ((string?)document["title"], (string?)passage["headingPath"]));
        Assert.Contains("| zweiter Hund | 120,00 EUR |", (string?)passage["text"], StringComparison.Ordinal);
        Assert.Null(document["pages"]);
    }

    [Fact]
    public async Task A_spreadsheet_is_cited_with_its_sheet()
    {
        var rows = Enumerable.Range(1, 300).Select(n => new object?[] { $"Lindenallee {n}", SheetFile.Euro(5_000 + n) });
        var file = new SheetFile().Sheet("Hinweise", [["Stand: Mai 2026"]]).Sheet("Straßenreinigung", [.. rows.Prepend(["Adresse", "Jahresgebühr"])]).Build();

        var (document, passage) = await FindAsync(file, "gebuehren.xlsx", "Welche Jahresgebühr hat die Adresse Lindenallee 217?");

        Assert.Equal((2, 2, "Straßenreinigung"), ((int)document["pages"]!, (int)passage["page"]!, (string?)passage["headingPath"]));
        Assert.Contains("| Adresse: Lindenallee 217 | Jahresgebühr: 5.217,00 € |", (string?)passage["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_presentation_is_cited_with_its_slide()
    {
        var file = new SlideFile().Slide("Bürgerbüro", ["Termine online"]).Slide("Öffnungszeiten im Sommer", ["Das Freibad öffnet um neun Uhr."]).Build();

        var (_, passage) = await FindAsync(file, "sommer.pptx", "Wann öffnet das Freibad?");

        Assert.Equal((2, "Öffnungszeiten im Sommer"), ((int)passage["page"]!, (string?)passage["headingPath"]));
    }

    [Fact]
    public async Task An_ODT_and_an_HTML_page_are_found()
    {
        var (odt, first) = await FindAsync(
            OdtFile.Of("<text:h text:outline-level=\"1\">Lastenräder</text:h><text:p>Der Zuschuss für ein Lastenrad beträgt fünfhundert Euro.</text:p>", "Förderrichtlinie"), "rad.odt", "Zuschuss für ein Lastenrad");
        Assert.Equal(("Förderrichtlinie", "Lastenräder"), ((string?)odt["title"], (string?)first["headingPath"]));

        var (html, second) = await FindAsync(
            Archives.Text("<!doctype html><title>Bücherei</title><h1>Ausleihe</h1><p>Die Leihfrist für Filme beträgt eine Woche.</p>"), "buecherei.html", "Leihfrist für Filme");
        Assert.Equal(("text/html", "Bücherei", "Ausleihe"), ((string?)html["mediaType"], (string?)html["title"], (string?)second["headingPath"]));
    }

    [Fact]
    public async Task A_mail_is_found_by_what_its_attachment_says()
    {
        var file = MailFile.Of("Anlage zum Vorgang 12-3/2026", "Siehe Anlage.", null,
            ("Bescheid.pdf", new PdfFile().Page().Lines(70, 700, "Deckblatt.").Page().Lines(70, 700, "Der Widerspruch ist binnen eines Monats zu erheben.").Build()));

        var (document, passage) = await FindAsync(file, "vorgang.eml", "Wann ist der Widerspruch zu erheben?");

        Assert.Equal("Anlage zum Vorgang 12-3/2026", (string?)document["title"]);
        Assert.Contains("Bescheid.pdf", (string?)passage["headingPath"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_as_body_is_taken_by_its_media_type()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var body = new ByteArrayContent(SmallFiles.Docx());
        body.Headers.ContentType = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        anna.DefaultRequestHeaders.Add("Prefer", "wait=20");

        var document = await anna.PostAsync($"{RetrievalClient.Documents}?title=Markt", body).OkAsync(HttpStatusCode.Created);

        Assert.Equal(("ready", "Markt", "document.docx"), ((string?)document["status"], (string?)document["title"], (string?)document["fileName"]));
    }

    [Fact]
    public async Task A_bomb_fails_alone_with_a_reason_and_the_service_goes_on()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var document = await anna.UploadAsync(Archives.ZipOfBlanks(100_000_000), "bombe.zip").OkAsync(HttpStatusCode.Created);

        Assert.Equal(("failed", "expands-too-far"), ((string?)document["status"], (string?)document["reason"]));
        Assert.Equal("Entpackt ist es zu groß.", (string?)document["reasonTextDe"]);
        await anna.ReadyAsync("Danach geht es weiter.");
    }

    [Fact]
    public async Task The_file_comes_back_as_it_was_uploaded_and_is_shown_in_nobodys_browser()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var file = Archives.Zip(("a.txt", Archives.Text("Ein Satz.")));
        var document = await anna.UploadAsync(file, "../Anlagen für alle.zip").OkAsync(HttpStatusCode.Created);

        using var response = await anna.GetAsync($"{RetrievalClient.Documents}/{document["id"]}/file");

        Assert.Equal(file, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Anlagen für alle.zip", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    /// <summary>Uploads, waits, and asks; the first passage found has to be of this document and to stand where it says.</summary>
    private async Task<(JsonNode Document, JsonNode Passage)> FindAsync(byte[] file, string name, string question)
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var uploaded = await anna.UploadAsync(file, name).OkAsync(HttpStatusCode.Created);
        Assert.Equal("ready", (string?)uploaded["status"]);
        Assert.Equal((Guid)uploaded["id"]!, (Guid)(await anna.UploadAsync(file, name).OkAsync())["id"]!);

        var passage = (await anna.SearchAsync(question))[0]!;
        Assert.Equal((string?)uploaded["id"], (string?)passage["documentId"]);
        Assert.Equal((string?)passage["text"], await anna.GetStringAsync($"{RetrievalClient.Documents}/{uploaded["id"]}/content?start={passage["start"]}&end={passage["end"]}"));
        return (await anna.GetAsync($"{RetrievalClient.Documents}/{uploaded["id"]}").OkAsync(), passage);
    }
}
