using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests.Sources;

/// <summary>Sources as their managers and readers see them: a real process reads in what a folder and a site hold.</summary>
public sealed class SourceTests(Servers servers) : IClassFixture<PausedRetrieval>, IAsyncLifetime
{
    private const string Sources = "/api/retrieval/sources";

    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("llmoin-sources-");
    private readonly Library _library = new(new Random(1));
    private FakeGraph _graph = null!;
    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await FakeGraph.StartAsync(_library);
        const string section = "Retrieval__Sources__";
        _service = await servers.StartServiceAsync("Retrieval",
            (section + "Interval", "00:00:01"), ($"{section}FolderRoots__{_tenant}__0", _root.FullName),
            (section + "SharePoint__Graph", new Uri(_graph.Address, "/v1.0/").ToString()), (section + "SharePoint__SignIn", new Uri(_graph.Address, "/login/").ToString()),
            ($"{section}SharePoint__Tenants__{_tenant}__Directory", "d"), ($"{section}SharePoint__Tenants__{_tenant}__ClientId", "c"),
            ($"{section}SharePoint__Tenants__{_tenant}__ClientSecret", FakeGraph.Secret));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _graph.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_is_followed_and_leaves_nothing_behind()
    {
        using var mona = _service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        var share = _root.CreateSubdirectory("ablage");
        var outside = Directory.CreateTempSubdirectory("llmoin-outside-");
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "fremd.md"), "Die Kantine hat ein Geheimnis.");
        await File.WriteAllTextAsync(Path.Combine(share.CreateSubdirectory("haus").FullName, "kantine.md"), "Die Kantine öffnet um elf Uhr.");
        File.CreateSymbolicLink(Path.Combine(share.FullName, "fremd.md"), Path.Combine(outside.FullName, "fremd.md"));
        Directory.CreateSymbolicLink(Path.Combine(share.FullName, "fremd"), outside.FullName);
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "hinaus"), outside.FullName);

        var collection = await mona.CollectionAsync("tenant");
        foreach (var place in new[] { outside.FullName, Path.Combine(_root.FullName, "hinaus"), Path.Combine(_root.FullName, "..", outside.Name), "ablage", _root.FullName + "x" })
            await CreateAsync(mona, "folder", place, collection).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "place");
        var id = await ConnectAsync(mona, "folder", share.FullName, collection);

        await FoundAsync(anna, "Kantine", "elf");
        var document = Assert.Single(await anna.SearchAsync("Kantine"))!["documentId"]!.ToString();
        await SaveAsync(Path.Combine(share.FullName, "haus", "kantine.md"), "Die Kantine öffnet schon um zehn Uhr.");
        await FoundAsync(anna, "Kantine", "zehn");
        // The same document with another text, not another one: it was found all the time.
        Assert.Equal(document, Assert.Single(await anna.SearchAsync("Kantine"))!["documentId"]!.ToString());
        await File.WriteAllTextAsync(Path.Combine(share.FullName, "leer.md"), "");
        await ReadUntil.TrueAsync(async () => (long)(await mona.GetAsync($"{Sources}/{id}").OkAsync())["counts"]!["failed"]! == 1, "the empty file is named");
        var failure = (await mona.GetAsync($"{Sources}/{id}").OkAsync())["failures"]![0]!;
        Assert.Equal(("empty", "leer.md"), ((string?)failure["reason"], (string?)failure["name"]));

        share.Delete(recursive: true);
        share.Create();
        await ReadUntil.TrueAsync(async () => (await anna.SearchAsync("Kantine")).Count == 0, "the deleted file is gone");
        await SaveAsync(Path.Combine(share.FullName, "kiosk.md"), "Der Kiosk öffnet um neun Uhr.");
        await FoundAsync(anna, "Kiosk", "neun");
        Assert.Equal(HttpStatusCode.NoContent, (await mona.DeleteAsync($"{Sources}/{id}")).StatusCode);
        Assert.Empty(await anna.SearchAsync("Kiosk"));
        await NothingLeftAsync();
        outside.Delete(recursive: true);
    }

    [Fact]
    public async Task A_sites_documents_are_found_by_those_alone_whom_it_lets_read_them_even_after_a_power_cut()
    {
        const int count = 30;
        var (one, other) = (_library.People[0], _library.People[1]);
        var group = Guid.NewGuid().ToString();
        _library.Groups["inner"] = [other];
        _library.Groups[group] = ["#inner"];
        for (var i = 0; i < count; i++)
            _library.Add(false, Library.Root, [i % 2 == 0 ? new Grant(GrantKind.PersonByClaim, one) : new Grant(GrantKind.Group, group)]);
        var picture = _library.Add(false, Library.Root, []);
        _library.Put(picture with { Name = "bild.png" });
        var (hers, theirs) = (_library.Files[0], _library.Files[1]);

        using var mona = _service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var anna = _service.ClientFor(Person("anna", one));
        using var berta = _service.ClientFor(Person("berta", other));
        using var nobody = _service.ClientFor(Person("nora", null));
        _graph.ThrottleEvery = 7;
        var cut = new TaskCompletionSource();
        _graph.OnRequest = number =>
        {
            if (number == 20)
                cut.SetResult();
        };
        var id = await ConnectAsync(mona, "sharepoint", FakeGraph.Site, await mona.CollectionAsync("tenant"));
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await _service.KillAsync();
        await _service.RestartAsync();

        await ReadUntil.TrueAsync(async () =>
        {
            var counts = (await mona.GetAsync($"{Sources}/{id}").OkAsync())["counts"]!;
            return ((long)counts["ready"]!, (long)counts["failed"]!) == (count, 1);
        }, "all documents are ready and the picture is refused");
        var details = await mona.GetAsync($"{Sources}/{id}").OkAsync();
        Assert.Equal(("unsupported", null), ((string?)details["failures"]![0]!["reason"], (string?)details["failures"]![0]!["name"]));
        Assert.DoesNotContain(FakeGraph.Secret, details.ToJsonString(), StringComparison.Ordinal);
        Assert.True(await FindsAsync(anna, hers));
        Assert.True(await FindsAsync(berta, theirs));
        Assert.False(await FindsAsync(anna, theirs));
        foreach (var closed in new[] { nobody, mona })
            Assert.Empty(await closed.SearchAsync("Vorgang erledigt"));

        lock (_library.Gate)
        {
            _library.Put(hers with { Own = [] }, isTold: false);
            _library.Groups["inner"] = [one];
        }

        await ReadUntil.TrueAsync(async () => !await FindsAsync(anna, hers) && !await FindsAsync(berta, theirs), "both are shut out");
        await ReadUntil.TrueAsync(() => FindsAsync(anna, theirs), "the new member of the group reads");
        Assert.Empty(_graph.Offences);

        Assert.Equal(HttpStatusCode.NoContent, (await mona.DeleteAsync($"{Sources}/{id}")).StatusCode);
        Assert.False(await FindsAsync(anna, theirs));
        await NothingLeftAsync();
    }

    [Fact]
    public async Task Sources_are_for_who_manages_their_collection()
    {
        using var mona = _service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        using var moritz = _service.ClientFor(_tenant, "moritz", "user", "source-manager");
        using var stranger = _service.ClientFor(_tenant + "x", "mona", "user", "tenant-admin");
        var own = await mona.CollectionAsync();
        var id = await ConnectAsync(mona, "folder", _root.FullName, own);

        await anna.GetAsync(Sources).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        foreach (var other in new[] { moritz, stranger })
        {
            Assert.Empty((await other.GetAsync(Sources).OkAsync())["items"]!.AsArray());
            await other.GetAsync($"{Sources}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PostAsync($"{Sources}/{id}/syncs", new JsonObject()).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.DeleteAsync($"{Sources}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        await CreateAsync(moritz, "folder", _root.FullName, own).ProblemAsync(HttpStatusCode.NotFound, "not-found", "collectionId");
        await CreateAsync(stranger, "folder", _root.FullName, own).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "place");
        await CreateAsync(stranger, "sharepoint", FakeGraph.Site, own).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "place");
        await CreateAsync(mona, "wiki", _root.FullName, own).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "kind");
        await CreateAsync(mona, "sharepoint", "amt.sharepoint.example/../x", own).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "place");
        Assert.Single((await mona.GetAsync(Sources).OkAsync())["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.Accepted, (await mona.PostAsync($"{Sources}/{id}/syncs", new JsonObject())).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await mona.DeleteAsync($"{RetrievalClient.Collections}/{own}")).StatusCode);
        Assert.Empty((await mona.GetAsync(Sources).OkAsync())["items"]!.AsArray());
    }

    /// <summary>Whether the document itself is found, as parts of its word find others, too.</summary>
    private static async Task<bool> FindsAsync(HttpClient client, Entry entry)
        => (await client.SearchAsync(entry.Word)).Any(passage => ((string?)passage!["text"])!.Contains(entry.Word, StringComparison.Ordinal));

    private Caller Person(string name, string? mail) => new(_tenant, name, name, new HashSet<string> { "user" }, null) { Mail = mail };

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client, string kind, string place, Guid collection)
        => client.PostAsync(Sources, new JsonObject { ["name"] = "Ablage", ["kind"] = kind, ["place"] = place, ["collectionId"] = collection });

    private static async Task<Guid> ConnectAsync(HttpClient client, string kind, string place, Guid collection)
        => (Guid)(await CreateAsync(client, kind, place, collection).OkAsync(HttpStatusCode.Created))["id"]!;

    /// <summary>As a careful program saves: beside the folder first, so that nobody sees half a file.</summary>
    private async Task SaveAsync(string path, string text)
    {
        var beside = Path.Combine(_root.FullName, "neu");
        await File.WriteAllTextAsync(beside, text);
        File.Move(beside, path, overwrite: true);
    }

    private static Task FoundAsync(HttpClient client, string query, string word)
        => ReadUntil.TrueAsync(async () => await client.SearchAsync(query) is [{ } only] && ((string?)only["text"])!.Contains(word, StringComparison.Ordinal), $"only '{word}' is found");

    private async Task NothingLeftAsync()
    {
        await using var database = new RawDatabase(_service);
        foreach (var table in new[] { "documents", "chunks", "document_files", "sources", "source_items", "source_schedule", "group_members" })
            Assert.Equal((table, 0L), (table, await database.CountAllAsync(table, _tenant)));
    }
}
