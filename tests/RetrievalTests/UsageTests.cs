using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.Contracts.Retrieval;
using LLMoin.ServiceBed;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.RetrievalTests;

/// <summary>What retrieval says it used, by which billing bills.</summary>
public sealed class UsageTests(Servers servers) : IClassFixture<PausedRetrieval>, IAsyncLifetime
{
    private const string Text = "Für jeden Hund ist im Jahr eine Abgabe fällig.";

    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];
    /// <summary>Where it is noon, so that no day ends during a test. POSIX counts hours to the west.</summary>
    private readonly string _zone = string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{DateTime.UtcNow.Hour - 12:+0;-0;+0}");

    private ResourcesEar _ear = null!;
    private StandInModel _model = null!;
    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync()
    {
        _ear = await ResourcesEar.StartAsync(servers);
        _model = await StandInModel.StartAsync(servers);
        _service = await servers.StartServiceAsync("Retrieval", ("Retrieval__Embeddings__Model", StandInModel.Embedder), ("Retrieval__TimeZone", _zone));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _model.DisposeAsync();
        await _ear.DisposeAsync();
    }

    [Fact]
    public async Task Reading_embedding_and_searching_are_said_once_each_with_person_and_department()
    {
        using var anna = _service.ClientFor(new Caller(_tenant, "anna", "Anna", FrozenSet.Create("user"), null) { Departments = FrozenSet.Create("umwelt", "bau") });
        var id = await anna.ReadyAsync(Text);

        var reading = Assert.Single(await _ear.HearAsync(_tenant, ResourceKind.Ingestion, 1));
        Assert.Equal(("anna", "bau", (long)Encoding.UTF8.GetByteCount(Text), false), (reading.UserId, reading.Department, reading.Bytes, reading.Failed));
        Assert.InRange(reading.DurationMs!.Value, 0, 60_000);
        var passages = Assert.Single(await _ear.HearAsync(_tenant, ResourceKind.Embedding, 1));
        Assert.Equal(("anna", "bau", "ingestion", StandInModel.Embedder, "small", 1), (passages.UserId, passages.Department, passages.Purpose, passages.Model, passages.PriceClass, passages.PromptTokens));

        await ReadUntil.TrueAsync(async () => (string?)(await FindAsync(anna))["search"] == "hybrid", "the question is embedded");
        var question = (await _ear.HearAsync(_tenant, ResourceKind.Embedding, 2))[1];
        Assert.Equal(("anna", "bau", "search", (int?)1), (question.UserId, question.Department, question.Purpose, question.PromptTokens));

        // What cannot be read has been read all the same, and leaves what was there.
        await anna.ReplaceAsync(id, [.. "%PDF-1.7"u8, 0, 1, 2], "kaputt.pdf").OkAsync();
        var failed = (await _ear.HearAsync(_tenant, ResourceKind.Ingestion, 2))[1];
        Assert.True(failed.Failed);
        Assert.NotEqual(reading.UsageId, failed.UsageId);
        Assert.Equal(11, failed.Bytes);
    }

    [Fact]
    public async Task Passages_that_waited_for_the_model_to_be_announced_have_its_price()
    {
        _model.Announces = false;
        await _service.RestartAsync();
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        await anna.ReadyAsync(Text);
        // No search in between: it would order the vectors a second time.
        _model.Announces = true;

        Assert.Equal("small", Assert.Single(await _ear.HearAsync(_tenant, ResourceKind.Embedding, 1)).PriceClass);
    }

    [Fact]
    public async Task Storage_is_said_for_each_day_that_ended_also_for_those_on_which_nobody_ran_and_once()
    {
        using var anna = _service.ClientFor(_tenant, "anna", "user");
        await anna.ReadyAsync(Text);
        await _service.KillAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(_zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).DateTime);
        await using var source = NpgsqlDataSource.Create(_service.Setting("ConnectionStrings__retrieval"));
        await using (var command = source.CreateCommand("update storage_days set day = $1"))
        {
            command.Parameters.Add(new() { Value = today.AddDays(-3) });
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        await _service.RestartAsync();
        await using var second = await servers.StartServiceAsync("Retrieval",
            ("ConnectionStrings__retrieval", _service.Setting("ConnectionStrings__retrieval")), ("Retrieval__TimeZone", _zone));

        var said = await _ear.HearAsync(_tenant, ResourceKind.Storage, 2);
        Assert.Equal([today.AddDays(-2), today.AddDays(-1)], said.Select(used => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(used.OccurredAt, zone).DateTime)).Order());
        Assert.All(said, used => Assert.Equal(("", (long)Encoding.UTF8.GetByteCount(Text)), (used.UserId, used.Bytes)));
        Assert.Equal(2, said.DistinctBy(used => used.UsageId).Count());
    }

    private static Task<JsonNode> FindAsync(HttpClient client)
        => client.PostAsync("/api/retrieval/searches", new JsonObject { ["query"] = "Vierbeiner" }).OkAsync();
}
