using System.Net;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

public sealed class ReplacementTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_changed_file_takes_the_old_ones_place_and_the_same_file_changes_nothing()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var rows = new Rows(servers.Postgres, service.Setting("ConnectionStrings__retrieval"));
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("# Bäderordnung\n\nDas Freibad öffnet um neun Uhr.");
        var version = await rows.CountAsync($"document_changes where document_id = '{id}' and version = 1");

        var same = await anna.ReplaceAsync(id, "# Bäderordnung\n\nDas Freibad öffnet um neun Uhr."u8.ToArray(), "anders.md").OkAsync();
        Assert.Equal((1L, "satzung.md"), (version, (string?)same["fileName"]));
        Assert.Equal(1, await rows.CountAsync($"document_changes where document_id = '{id}' and version = 1"));

        var changed = await anna.ReplaceAsync(id, "# Bäderordnung 2027\n\nDas Freibad öffnet um zehn Uhr.\n\n## Preise\n\nDer Eintritt kostet vier Euro."u8.ToArray(), "neu.md").OkAsync();

        Assert.Equal(("ready", "Bäderordnung 2027", "neu.md", 2), ((string?)changed["status"], (string?)changed["title"], (string?)changed["fileName"], (int)changed["chunks"]!));
        Assert.Equal("Das Freibad öffnet um zehn Uhr.", (string?)(await anna.SearchAsync("Wann öffnet das Freibad?"))[0]!["text"]);
        Assert.Equal(["document_files"], (await rows.TablesWithAsync("vier Euro")).Except(["chunks", "documents"]));
        Assert.Equal(1, await rows.CountAsync($"document_files where document_id = '{id}'"));
        Assert.Equal(2, await rows.CountAsync($"chunks where document_id = '{id}'"));
    }

    [Fact]
    public async Task A_bad_file_replaces_nothing_and_its_owner_reads_why()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var rows = new Rows(servers.Postgres, service.Setting("ConnectionStrings__retrieval"));
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Der Recyclinghof schließt um achtzehn Uhr.");

        var document = await anna.ReplaceAsync(id, "%PDF-1.7 und dann nichts mehr"u8.ToArray(), "kaputt.pdf").OkAsync();

        Assert.Equal(("ready", "failed", "satzung.md"), ((string?)document["status"], (string?)document["stage"], (string?)document["fileName"]));
        var ingestion = (await SlowReading.LookAsync(anna, id))["ingestion"]!;
        Assert.Equal(("kaputt.pdf", "unreadable", "Die Datei ist beschädigt."), ((string?)ingestion["fileName"], (string?)ingestion["reason"], (string?)ingestion["reasonTextDe"]));
        Assert.Equal([id], (await anna.SearchAsync("Recyclinghof")).Ids());
        Assert.Equal(1, await rows.CountAsync($"document_files where document_id = '{id}'"));

        Assert.Null((await anna.ReplaceAsync(id, "Der Recyclinghof schließt um zwanzig Uhr."u8.ToArray(), "heil.md").OkAsync())["stage"]);
    }

    [Fact]
    public async Task Only_its_owner_replaces_a_document_and_not_by_what_another_has()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var mona = service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var adam = service.ClientFor(_tenant, "adam", "user", "tenant-admin");
        var shared = await mona.ReadyAsync("Die Bücherei ist montags geschlossen.", "tenant");
        var secret = await mona.ReadyAsync("Die Bücherei zieht um.");
        await mona.ReadyAsync("Die Bücherei bleibt.");

        await adam.ReplaceAsync(shared, "Neu."u8.ToArray(), "a.md").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await adam.ReplaceAsync(secret, "Neu."u8.ToArray(), "a.md").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await mona.ReplaceAsync(secret, "Die Bücherei bleibt."u8.ToArray(), "a.md").ProblemAsync(HttpStatusCode.Conflict, "same-content", "file");
        await mona.ReplaceAsync(secret, "{\\rtf1"u8.ToArray(), "a.md").ProblemAsync(HttpStatusCode.UnsupportedMediaType, "not-a-text", "file");
    }
}
