using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using LLMoin.TestQdrant;

namespace LLMoin.RetrievalTests;

/// <summary>The service with its index in Qdrant, for which the stand-in stands: does the one follow the database, and what if it fails?</summary>
public sealed class QdrantTests(Servers servers) : IClassFixture<PausedRetrieval>, IAsyncLifetime
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];
    private ServiceProcess _service = null!;
    private StandInQdrant _qdrant = null!;

    public async ValueTask InitializeAsync() => _qdrant = await StandInQdrant.StartAsync(key: "geheim");

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _qdrant.DisposeAsync();
    }

    [Fact]
    public async Task What_is_uploaded_is_found_and_what_is_deleted_is_not()
    {
        await StartAsync();
        using var anna = Client("anna");
        using var berta = Client("berta");
        var fire = await anna.ReadyAsync("Die Feuerwehr löscht Brände in der Altstadt.");
        var music = await anna.ReadyAsync("Die Musikschule unterrichtet auch Erwachsene.");
        Assert.Equal([fire], (await anna.SearchAsync("Feuerwehren")).Ids());
        Assert.Equal([music], (await anna.SearchAsync("Schule für Erwachsene")).Ids());
        Assert.Empty(await berta.SearchAsync("Feuerwehr"));

        Assert.True((await anna.DeleteAsync($"{RetrievalClient.Documents}/{fire}")).IsSuccessStatusCode);
        Assert.Empty(await anna.SearchAsync("Feuerwehr"));
        Assert.Equal([music.ToString()], Passages.Select(payload => (string)payload["document"]!));
        Assert.DoesNotContain("Musikschule", _qdrant.Requests.Select(request => request.Body?.ToJsonString() ?? ""), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Sharing_and_its_end_count_at_the_next_search()
    {
        await StartAsync();
        using var anna = Client("anna");
        using var berta = Client("berta");
        var collection = await anna.CollectionAsync();
        var documents = new List<Guid>();
        for (var i = 0; i < 3; i++)
            documents.Add(await anna.ReadyInAsync(collection, $"Die Straßenbahnlinie {i} hält am Rathaus."));
        Assert.Equal(3, (await anna.SearchInAsync("Straßenbahn", collection)).Count);
        var written = Upserts;

        await anna.ShareAsync(collection, "user:berta").OkAsync();
        Assert.Equal(documents.Order(), (await berta.SearchAsync("Straßenbahn")).Ids().Order());
        Assert.All(Passages, payload => Assert.Contains("user:berta", payload["readers"]!.AsArray().Select(reader => (string)reader!)));
        await anna.ShareAsync(collection, "user:cora").OkAsync();
        Assert.Empty(await berta.SearchAsync("Straßenbahn"));

        // Not only hidden by the database: Qdrant itself knows, and was not sent the texts again.
        Assert.All(Passages, payload => Assert.DoesNotContain("user:berta", payload["readers"]!.AsArray().Select(reader => (string)reader!)));
        Assert.Equal(written, Upserts);
    }

    [Fact]
    public async Task A_document_shared_after_its_upload_and_before_the_first_search_is_found_with_its_text()
    {
        await StartAsync();
        using var anna = Client("anna");
        var collection = await anna.CollectionAsync();
        var early = await anna.ReadyInAsync(collection, "Die Fähre legt um acht Uhr ab.");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => anna.UploadAsync($"Aushang {i} der Verwaltung.", title: $"Aushang {i}", wait: null).OkAsync(HttpStatusCode.Accepted)));
        await using var rows = new Rows(servers.Postgres, _service.Setting("ConnectionStrings__retrieval"));
        await ReadUntil.TrueAsync(async () => await rows.CountAsync($"documents where tenant = '{_tenant}' and status = 'ready'") == 61, "all are read");
        await anna.ShareAsync(collection, "user:berta").OkAsync();

        // Its last change comes in a later step than its text did.
        using var berta = Client("berta");
        Assert.Equal([early], (await berta.SearchAsync("Fähre")).Ids());
        Assert.Equal(61, Passages.Count);
    }

    [Fact]
    public async Task What_Qdrant_loses_is_written_again_at_the_next_search()
    {
        await StartAsync();
        using var anna = Client("anna");
        var id = await anna.ReadyAsync("Die Feuerwehr löscht.");
        Assert.Equal([id], (await anna.SearchAsync("Feuerwehr")).Ids());
        _qdrant.Forget();
        Assert.Equal([id], (await anna.SearchAsync("Feuerwehr")).Ids());
    }

    [Fact]
    public async Task Without_Qdrant_a_search_fails_clearly_and_goes_on_when_it_is_back()
    {
        await StartAsync();
        using var anna = Client("anna");
        var id = await anna.ReadyAsync("Die Feuerwehr löscht.");
        var port = new Uri(_qdrant.Url).Port;
        await _qdrant.DisposeAsync();

        await anna.PostAsync("/api/retrieval/searches", new JsonObject { ["query"] = "Feuerwehr" }).ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        await ReadUntil.TrueAsync(
            () => Task.FromResult(_service.Log.Contains($"Qdrant at http://127.0.0.1:{port} does not answer", StringComparison.Ordinal)), "the operator is told");
        Assert.DoesNotContain("Feuerwehr", _service.Log, StringComparison.Ordinal);
        using var probe = _service.Anonymous();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/health/ready")).StatusCode);

        _qdrant = await StandInQdrant.StartAsync(key: "geheim", port);
        Assert.Equal([id], (await anna.SearchAsync("Feuerwehr")).Ids());
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task With_a_model_passages_are_found_by_meaning_once_they_have_vectors()
    {
        await using var model = await StandInModel.StartAsync(servers);
        _service = await servers.StartServiceAsync("Retrieval", [.. Settings, ("Retrieval__Embeddings__Model", StandInModel.Embedder), ("Retrieval__Qdrant__Dimensions", "16")]);
        using var anna = Client("anna");
        var dogs = await anna.ReadyAsync("Für jeden Hund ist im Jahr eine Abgabe fällig.");
        await anna.ReadyAsync("Die Brücke ist gesperrt.");

        await using var rows = new Rows(servers.Postgres, _service.Setting("ConnectionStrings__retrieval"));
        await ReadUntil.TrueAsync(async () => await rows.WithoutVectorsAsync(_tenant) == 0, "all passages have vectors");
        JsonNode found = new JsonObject();
        await ReadUntil.TrueAsync(async () =>
        {
            found = await anna.PostAsync("/api/retrieval/searches", new JsonObject { ["query"] = "Vierbeiner", ["limit"] = 1 }).OkAsync();
            return (string?)found["search"] == "hybrid";
        }, "something is found by its meaning");
        Assert.Equal([dogs], found["passages"]!.AsArray().Ids());
    }

    [Fact]
    public async Task An_operator_rebuilds_the_index_of_all_tenants()
    {
        await StartAsync();
        using var anna = Client("anna");
        using var other = _service.ClientFor(_tenant + "x", "otto", "user");
        await anna.ReadyAsync("Die Feuerwehr löscht.");
        await other.ReadyAsync("Die Feuerwehr rettet.");
        _qdrant.Forget();

        var (code, output) = await RunAsync("rebuild-index");
        Assert.True(code == 0, output);
        Assert.Contains("2 tenants, 2 changed documents", output, StringComparison.Ordinal);
        Assert.Contains("100 %, 2 of 2", output, StringComparison.Ordinal);
        Assert.Contains("2 passages in Qdrant, 2 in PostgreSQL", output, StringComparison.Ordinal);
        Assert.Equal(2, Passages.Count);

        // Resumed it has nothing to do and deletes nothing.
        var written = Upserts;
        Assert.Contains("2 tenants, 0 changed documents", (await RunAsync("rebuild-index", "--resume")).Output, StringComparison.Ordinal);
        Assert.Equal((2, written), (Passages.Count, Upserts));

        _qdrant.Fail(403, times: 1);
        (code, output) = await RunAsync("rebuild-index");
        Assert.Equal(1, code);
        Assert.Contains("refused DELETE", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebuild_that_is_asked_for_wrongly_says_so_and_deletes_nothing()
    {
        await StartAsync();
        using var anna = Client("anna");
        await anna.ReadyAsync("Die Feuerwehr löscht.");
        await anna.SearchAsync("Feuerwehr");

        var (code, output) = await RunAsync("rebuild-index", "--resum");
        Assert.Equal(1, code);
        Assert.Contains("There is no option --resum.", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("rebuild-index", "--Retrieval:Embeddings:Model=e5");
        Assert.Equal(1, code);
        Assert.Contains("Retrieval:Qdrant:Dimensions is missing", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("rebuild-index", "--help");
        Assert.Equal(0, code);
        Assert.Contains("--resume", output, StringComparison.Ordinal);
        Assert.Single(Passages);
    }

    private (string, string)[] Settings => [("Retrieval__Store", "qdrant"), ("Retrieval__Qdrant__Url", _qdrant.Url), ("Retrieval__Qdrant__ApiKey", "geheim")];

    private IReadOnlyList<JsonObject> Passages => [.. _qdrant.Payloads.Where(payload => payload.ContainsKey("document"))];

    /// <summary>Requests that wrote passages.</summary>
    private int Upserts => _qdrant.Requests.Count(request => request.Method == "PUT" && request.Body?["points"]?[0]?["vector"]?["words"] is not null);

    private async Task StartAsync() => _service = await servers.StartServiceAsync("Retrieval", Settings);

    private HttpClient Client(string user) => _service.ClientFor(_tenant, user, "user");

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(output.Parent!.Parent!.FullName, "Retrieval", output.Name, "LLMoin.Retrieval");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in Settings.Append(("ConnectionStrings__retrieval", _service.Setting("ConnectionStrings__retrieval"))))
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }
}
