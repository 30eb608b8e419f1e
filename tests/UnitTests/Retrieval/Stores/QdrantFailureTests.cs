using System.Diagnostics;
using System.Net;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Qdrant;
using LLMoin.Retrieval.Qdrant.Api;
using LLMoin.TestQdrant;

namespace LLMoin.UnitTests.Retrieval.Stores;

public sealed class QdrantFailureTests : IAsyncLifetime
{
    private readonly HastyClock _clock = new();
    private StandInQdrant _server = null!;
    private QdrantParts _parts = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StandInQdrant.StartAsync();
        _parts = new QdrantParts(_server.Url, clock: _clock);
        await _parts.Store.PrepareAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_failure_is_tried_again_after_longer_and_longer_pauses(int status)
    {
        _server.Fail(status, times: 3);
        var before = _server.Requests.Count;
        await _parts.Store.RemoveAsync("nord", [Guid.CreateVersion7()], CancellationToken.None);
        Assert.Equal(4, _server.Requests.Count - before);
        Assert.Equal(3, _clock.Pauses.Count);
        foreach (var (i, pause) in _clock.Pauses.Index())
            Assert.InRange(pause.TotalMilliseconds, 150 << i, 250 << i);
    }

    [Fact]
    public async Task Qdrant_says_how_long_to_wait()
    {
        _server.Fail(429, retryAfter: "2");
        await _parts.Store.CountAsync("nord", CancellationToken.None);
        Assert.Contains(TimeSpan.FromSeconds(2), _clock.Pauses);
    }

    [Fact]
    public async Task A_write_that_is_repeated_doubles_nothing()
    {
        var document = new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Dokument", [("", "Die Feuerwehr löscht."), ("", "Sie rettet.")]);
        for (var i = 0; i < 2; i++)
        {
            _server.Fail(503);
            await _parts.Store.WriteAsync("nord", [document], new Dictionary<(Guid, int), float[]>(), CancellationToken.None);
        }

        Assert.Equal(2, await _parts.Store.CountAsync("nord", CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_final_and_says_why()
    {
        _server.Fail(403);
        var before = _server.Requests.Count;
        var refused = await Assert.ThrowsAsync<QdrantException>(() => _parts.Store.CountAsync("nord", CancellationToken.None));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal($"Qdrant at {_server.Url} refused POST /collections/{_parts.Collection.Name}/points/count with 403: Service internal error: told to fail", refused.Message);
        Assert.Equal(1, _server.Requests.Count - before);
    }

    [Fact]
    public async Task A_wrong_key_is_said_to_be_wrong()
    {
        await using var guarded = await StandInQdrant.StartAsync(key: "geheim");
        await using var parts = new QdrantParts(guarded.Url, key: "falsch");
        var refused = await Assert.ThrowsAsync<QdrantException>(() => parts.Store.PrepareAsync(CancellationToken.None));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("falsch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Qdrant_that_is_not_there_is_named()
    {
        await _server.DisposeAsync();
        var silent = await Assert.ThrowsAsync<QdrantException>(() => _parts.Store.CountAsync("nord", CancellationToken.None));
        Assert.StartsWith($"Qdrant at {_parts.Url} does not answer (POST /collections/", silent.Message, StringComparison.Ordinal);
        Assert.Equal(3, _clock.Pauses.Count);
    }

    [Fact]
    public async Task A_Qdrant_that_hangs_is_given_up()
    {
        _server.Delay = TimeSpan.FromSeconds(30);
        await using var hasty = new QdrantParts(_server.Url, clock: _clock, timeout: TimeSpan.FromMilliseconds(500));
        var watch = Stopwatch.StartNew();
        var silent = await Assert.ThrowsAsync<QdrantException>(() => hasty.Store.CountAsync("nord", CancellationToken.None));
        Assert.EndsWith("nothing within 0.5 s", silent.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Who_gives_up_is_not_kept_waiting()
    {
        _server.Delay = TimeSpan.FromSeconds(30);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _parts.Store.CountAsync("nord", patience.Token));
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public async Task Two_that_make_the_collection_at_once_do_not_disturb_each_other()
    {
        _server.Forget();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _parts.Store.PrepareAsync(CancellationToken.None)));
        await _parts.Store.SaveAsync(Progress.None("nord"), CancellationToken.None);
    }

    [Fact]
    public async Task A_vector_of_another_length_than_configured_names_the_key()
    {
        var document = new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Dokument", [("", "Die Feuerwehr löscht.")]);
        var wrong = await Assert.ThrowsAsync<QdrantException>(
            () => _parts.Store.WriteAsync("nord", [document], new Dictionary<(Guid, int), float[]> { [(document.Id, 0)] = [1, 0, 0] }, CancellationToken.None));
        Assert.Contains("Retrieval:Qdrant:Dimensions", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_the_collection_has_words_alone()
    {
        await using var parts = new QdrantParts(_server.Url, model: null);
        await parts.Store.PrepareAsync(CancellationToken.None);
        var made = _server.Requests.First(request => request.Method == "PUT" && request.Path.EndsWith(parts.Collection.Name, StringComparison.Ordinal));
        Assert.Empty(made.Body!["vectors"]!.AsObject());
        Assert.EndsWith("-words", parts.Collection.Name, StringComparison.Ordinal);
        var document = new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Dokument", [("", "Die Feuerwehr löscht.")]);
        await parts.Store.WriteAsync("nord", [document], new Dictionary<(Guid, int), float[]> { [(document.Id, 0)] = [1, 0, 0] }, CancellationToken.None);
        Assert.Single((await parts.Store.SearchAsync("nord", ["tenant"], new ChunkQuery("Feuerwehr", 5), null, CancellationToken.None)).Hits);
    }

    [Fact]
    public async Task Its_readiness_is_asked_without_a_collection()
    {
        await _parts.Requests.SendAsync(HttpMethod.Get, "/readyz", null, CancellationToken.None);
        Assert.Equal("/readyz", _server.Requests[^1].Path);
    }

    /// <summary>Notes pauses and does not make them.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
