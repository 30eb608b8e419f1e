using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

public sealed class UploadTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task An_uploaded_text_is_found_with_its_place_in_the_stored_text()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var uploaded = await anna.UploadAsync(
            "# Hundesteuersatzung\r\n\r\n## § 3 Steuersätze\r\n\r\nDie Steuer beträgt für den ersten Hund 90 Euro. Für Assistenzhunde ist sie ermäßigt.\r\n",
            "../../hundesteuer.md").OkAsync(HttpStatusCode.Created);

        Assert.Equal("Hundesteuersatzung", (string?)uploaded["title"]);
        Assert.Equal("hundesteuer.md", (string?)uploaded["fileName"]);
        Assert.Equal("private", (string?)uploaded["visibility"]);
        Assert.Equal(1, (int)uploaded["chunks"]!);

        var passage = Assert.Single(await anna.SearchAsync("Was kostet die Steuer für meinen ersten Hund?"))!;
        Assert.Equal("§ 3 Steuersätze", (string?)passage["headingPath"]);
        var (start, end) = ((int)passage["start"]!, (int)passage["end"]!);
        var place = await anna.GetStringAsync($"{RetrievalClient.Documents}/{passage["documentId"]}/content?start={start}&end={end}");
        Assert.Equal((string?)passage["text"], place);
        Assert.StartsWith("Die Steuer beträgt", place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_wait_the_answer_comes_at_once_and_says_where_to_look()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var response = await anna.UploadAsync("Die Bücherei ist montags geschlossen.", "notiz.txt", wait: null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var location = response.Headers.Location!.ToString();
        await ReadUntil.TrueAsync(async () => (string?)(await anna.GetAsync(location).OkAsync())["status"] == "ready", "it is ready");
    }

    [Fact]
    public async Task A_raw_body_is_read_in_its_declared_encoding()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes("Die Gebühr für Straßenmusik beträgt zehn Euro."));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=iso-8859-1");
        anna.DefaultRequestHeaders.Add("Prefer", "respond-async, wait=20");
        var document = await anna.PostAsync($"{RetrievalClient.Documents}?title=Geb%C3%BChren", body).OkAsync(HttpStatusCode.Created);

        Assert.Equal("Gebühren", (string?)document["title"]);
        Assert.Equal("Die Gebühr für Straßenmusik beträgt zehn Euro.", await anna.GetStringAsync($"{RetrievalClient.Documents}/{document["id"]}/content"));
    }

    [Fact]
    public async Task Binary_undecodable_empty_and_foreign_uploads_are_refused_with_the_reason_and_nothing_is_stored()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");

        var rtf = await anna.UploadAsync("{\\rtf1 und mehr", "trick.txt").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "not-a-text", "file");
        Assert.Contains("RTF", (string?)rtf["detail"], StringComparison.Ordinal);
        Assert.Contains("nicht lesbar", (string?)rtf["detailDe"], StringComparison.Ordinal);
        byte[] outlook = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. Encoding.Unicode.GetBytes("__properties_version1.0")];
        var msg = await anna.UploadAsync(outlook, "vorgang.msg").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "not-a-text", "file");
        Assert.Contains("Bitte als EML", (string?)msg["detailDe"], StringComparison.Ordinal);
        await anna.UploadAsync([1, 2, 0, 3], "a.txt").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "not-a-text", "file");
        await anna.UploadAsync([.. "Gebühr"u8, 0xC3], "a.txt").ProblemAsync(HttpStatusCode.BadRequest, "undecodable-text", "file");
        await anna.UploadAsync("  \n ", "a.txt").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "file");
        await anna.UploadAsync("text", "makro.docm").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-type", "file");
        await anna.UploadAsync(new string('a', 5_000_001), "a.txt").ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large", "file");
        await anna.UploadAsync([.. "PK\x03\x04"u8, .. new byte[20_000_000]], "a.zip").ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large", "file");
        await anna.UploadAsync("text", "a.txt", visibility: "everyone").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "visibility");
        await anna.UploadAsync("text", "a.txt", visibility: "tenant").ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "visibility");
        await anna.UploadAsync("text", "a.txt", title: new string('t', 201)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "title");
        await anna.PostAsync(RetrievalClient.Documents, new StringContent("{}", Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-type");
        using var broken = new StringContent("--x\r\nnonsense");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await anna.PostAsync(RetrievalClient.Documents, broken).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "file");

        Assert.Empty((await anna.GetAsync(RetrievalClient.Documents).OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task A_text_without_words_fails_with_a_reason()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var document = await anna.UploadAsync("*** --- !!! ...", "leer.txt").OkAsync(HttpStatusCode.Created);

        Assert.Equal("failed", (string?)document["status"]);
        Assert.Equal("no-words", (string?)document["reason"]);
        Assert.Equal("Es enthält keine Wörter.", (string?)document["reasonTextDe"]);
        Assert.Single((await anna.GetAsync($"{RetrievalClient.Documents}?status=failed").OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_text_again_in_the_same_scope_is_the_same_document()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var berta = service.ClientFor(_tenant, "berta", "user");
        var first = await anna.ReadyAsync("Der Wertstoffhof öffnet um acht Uhr.");

        Assert.Equal(first, (Guid)(await anna.UploadAsync("Der Wertstoffhof öffnet um acht Uhr.", "anders.txt").OkAsync())["id"]!);
        Assert.NotEqual(first, await berta.ReadyAsync("Der Wertstoffhof öffnet um acht Uhr."));

        using var manager = service.ClientFor(_tenant, "anna", "user", "source-manager");
        var shared = await manager.ReadyAsync("Der Wertstoffhof öffnet um acht Uhr.", "tenant");
        Assert.NotEqual(first, shared);
        Assert.Equal(shared, (Guid)(await manager.UploadAsync("Der Wertstoffhof öffnet um acht Uhr.", visibility: "tenant").OkAsync())["id"]!);

        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => anna.UploadAsync("Alle auf einmal hochgeladen.")));
        var ids = new HashSet<string>();
        foreach (var response in together)
            ids.Add((string)System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!);
        Assert.Single(ids);
    }

    [Fact]
    public async Task Documents_are_listed_page_by_page_newest_first()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var uploaded = new List<Guid>();
        for (var i = 0; i < 5; i++)
            uploaded.Add(await anna.ReadyAsync($"Dokument Nummer {i} mit eigenem Inhalt."));

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await anna.GetAsync($"{RetrievalClient.Documents}?limit=2{(after is null ? "" : "&after=" + after)}").OkAsync();
            seen.AddRange(page["items"]!.AsArray().Select(document => (Guid)document!["id"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal(uploaded.AsEnumerable().Reverse(), seen);
        await anna.GetAsync($"{RetrievalClient.Documents}?limit=0").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "limit");
        await anna.GetAsync($"{RetrievalClient.Documents}?status=gone").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "status");
    }
}
