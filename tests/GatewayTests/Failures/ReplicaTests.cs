using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Text.Json;
using LLMoin.GatewayTests.Bed;

namespace LLMoin.GatewayTests.Failures;

public sealed class ReplicaTests(ReplicaTests.Bed bed) : IClassFixture<ReplicaTests.Bed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_to_a_dead_replica_go_to_a_living_one_bodies_included()
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        await AskAsync(client, 40);
        await bed.Second.CloseAsync();
        // A request already on a connection in the moment it breaks may have begun to act; it gets 503 and is not what this is about.
        await UntilAsync(() => Task.FromResult(!IsConnectedTo(bed.Second.Http2Port)));
        var ports = await AskAsync(client, 40);
        Assert.Equal([bed.Chat.Http2Port], ports);

        await bed.Second.StartAsync();
        await UntilAsync(async () =>
        {
            ports.UnionWith(await AskAsync(client, 4));
            return ports.Count == 2;
        });
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_503_with_a_time_to_come_back()
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        // Configured but dead, and not configured at all.
        foreach (var path in new[] { "/api/billing/usage", "/api/prompts/templates" })
        {
            using var response = await client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_request_that_may_have_begun_to_act_is_not_sent_twice()
    {
        var calls = 0;
        foreach (var replica in new[] { bed.Chat, bed.Second })
            replica.On("/v1/embeddings", context =>
            {
                Interlocked.Increment(ref calls);
                context.Abort();
                return Task.CompletedTask;
            });
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        using var response = await client.PostAsJsonAsync("/v1/embeddings", new { input = "x" }, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("server_error", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(1, calls);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(500, limit.Token);
    }

    /// <summary>Whether somebody still holds a connection to that port, be it one that the other side has closed.</summary>
    private static bool IsConnectedTo(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.RemoteEndPoint.Port == port && connection.State is (TcpState.Established or TcpState.CloseWait));

    /// <returns>The ports that answered.</returns>
    private static async Task<HashSet<int>> AskAsync(HttpClient client, int times)
    {
        var ports = new HashSet<int>();
        foreach (var batch in Enumerable.Range(0, times).Chunk(4))
        {
            var answers = await Task.WhenAll(batch.Select(async _ =>
            {
                using var response = await client.PostAsJsonAsync("/api/chat/conversations", new { text = "body" }, Cancellation);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
                Assert.Equal(15, answer.GetProperty("received").GetInt32());
                return answer.GetProperty("port").GetInt32();
            }));
            ports.UnionWith(answers);
        }

        return ports;
    }

    public sealed class Bed : TestBed
    {
        public StubService Second { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["services:chat:h2:1"] = $"http://127.0.0.1:{Second.Http2Port}" };

        public override async ValueTask InitializeAsync()
        {
            await Second.StartAsync();
            await base.InitializeAsync();
        }
    }
}
