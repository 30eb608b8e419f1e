using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

public sealed class HybridSearchTests(Servers servers) : IClassFixture<PausedRetrieval>, IAsyncLifetime
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];
    private ServiceProcess _service = null!;
    private StandInModel _model = null!;

    public async ValueTask InitializeAsync() => _model = await StandInModel.StartAsync(servers);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task A_question_in_other_words_finds_the_passage_that_means_it()
    {
        await StartAsync();
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        var dogs = await anna.ReadyAsync("Für jeden Hund ist im Jahr eine Abgabe fällig.");
        await anna.ReadyAsync("Die Miete wird monatlich überwiesen.");
        await anna.ReadyAsync("Die Brücke ist gesperrt.");

        var found = await HybridAsync(anna, "Vierbeiner");
        Assert.Equal(dogs, (Guid)found["passages"]![0]!["documentId"]!);
        Assert.Null((string?)found["reason"]);
    }

    [Fact]
    public async Task Meaning_opens_no_document_that_one_may_not_read()
    {
        await StartAsync();
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        using var berta = _service.ClientFor(_tenant, "berta", "user");
        var secret = await berta.ReadyAsync("Der Hund von Frau Behrens ist nicht angemeldet.");
        var own = await anna.ReadyAsync("Die Überführung wird saniert.");

        await HybridAsync(berta, "Vierbeiner");
        var found = await HybridAsync(anna, "Vierbeiner");
        Assert.Equal([own], found["passages"]!.AsArray().Ids());
        Assert.DoesNotContain(secret, found["passages"]!.AsArray().Ids());
    }

    [Fact]
    public async Task A_model_that_does_not_answer_leaves_the_answer_to_the_words()
    {
        await StartAsync();
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Die Miete wird monatlich überwiesen.");
        await HybridAsync(anna, "Miete");

        _model.Answers = false;
        var before = _model.Asked("Miete");
        JsonNode found = new JsonObject();
        await ReadUntil.TrueAsync(async () => (string?)(found = await FindAsync(anna, "Miete"))["reason"] != "model-not-served", "the model is asked");
        Assert.Equal(("lexical", "model-timed-out"), ((string?)found["search"], (string?)found["reason"]));
        Assert.Equal([id], found["passages"]!.AsArray().Ids());
        await ReadUntil.TrueAsync(() => Task.FromResult(_model.Asked("Miete") == before + 1), "it has the question");

        // Those who come next do not wait again: it is not asked.
        Assert.Equal("lexical", (string?)(await FindAsync(anna, "Miete"))["search"]);
        Assert.Equal(before + 1, _model.Asked("Miete"));
    }

    [Fact]
    public async Task What_stands_there_literally_is_not_sought_by_meaning()
    {
        await StartAsync();
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Nach § 12 Abs. 2 beginnt die Frist mit der Zustellung.");
        await HybridAsync(anna, "Zustellung");

        // Not even that the model is silent matters.
        _model.Answers = false;
        var found = await FindAsync(anna, "§ 12 Abs. 2");
        Assert.Equal(("lexical", "literal"), ((string?)found["search"], (string?)found["reason"]));
        Assert.Equal([id], found["passages"]!.AsArray().Ids());
    }

    [Fact]
    public async Task Documents_of_before_a_model_was_configured_get_their_vectors()
    {
        var before = await servers.StartServiceAsync("Retrieval");
        using var early = before.ClientFor(_tenant, "anna", "user");
        var id = await early.ReadyAsync("Für jeden Hund ist im Jahr eine Abgabe fällig.");
        await before.DisposeAsync();
        await _model.ForgetAsync("retrieval.document-indexed.v1");

        _service = await servers.StartServiceAsync("Retrieval",
            ("ConnectionStrings__retrieval", before.Setting("ConnectionStrings__retrieval")), ("Retrieval__Embeddings__Model", StandInModel.Embedder));
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        Assert.Equal([id], (await HybridAsync(anna, "Vierbeiner"))["passages"]!.AsArray().Ids());
    }

    [Fact]
    public async Task A_service_killed_while_the_model_works_asks_again()
    {
        await StartAsync();
        _model.Answers = false;
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Für jeden Hund ist im Jahr eine Abgabe fällig.");
        await _service.KillAsync();
        _model.Answers = true;
        await _service.RestartAsync();

        Assert.Equal([id], (await HybridAsync(anna, "Vierbeiner"))["passages"]!.AsArray().Ids());
    }

    [Fact]
    public async Task A_reranker_has_the_last_word()
    {
        _service = await servers.StartServiceAsync("Retrieval", ("Retrieval__Embeddings__RerankModel", StandInModel.Reranker));
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        await anna.ReadyAsync("Die Gebühr, die Gebühr und noch einmal die Gebühr: Über die Gebühr entscheidet der Rat in öffentlicher Sitzung.");
        var brief = await anna.ReadyAsync("Gebühr: keine.");

        JsonNode found = new JsonObject();
        await ReadUntil.TrueAsync(async () => (bool)(found = await FindAsync(anna, "Gebühr", limit: 1))["reranked"]!, "the reranker answers");
        Assert.Equal([brief], found["passages"]!.AsArray().Ids());
        Assert.Equal("no-embedding-model", (string?)found["reason"]);
    }

    private async Task StartAsync()
        => _service = await servers.StartServiceAsync("Retrieval", ("Retrieval__Embeddings__Model", StandInModel.Embedder));

    /// <summary>What is found by meaning once all passages of the tenant have their vectors, which only a search orders for older ones.</summary>
    private async Task<JsonNode> HybridAsync(HttpClient client, string query)
    {
        await using var rows = new Rows(servers.Postgres, _service.Setting("ConnectionStrings__retrieval"));
        JsonNode found = new JsonObject();
        await ReadUntil.TrueAsync(async () =>
        {
            var isComplete = await rows.WithoutVectorsAsync(_tenant) == 0;
            found = await FindAsync(client, query);
            return isComplete && (string?)found["search"] == "hybrid";
        }, "passages are found by meaning");
        return found;
    }

    private static Task<JsonNode> FindAsync(HttpClient client, string query, int limit = 6)
        => client.PostAsync("/api/retrieval/searches", new JsonObject { ["query"] = query, ["limit"] = limit }).OkAsync();
}
