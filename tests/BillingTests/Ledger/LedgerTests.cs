using System.Net;
using System.Text;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.BillingTests.Ledger;

public sealed class LedgerTests(Servers servers)
{
    private const string Queue = "billing.usage-recorded.v1";
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Usage_counts_once_however_often_and_under_whatever_message_id_it_comes()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        // All on one day, though midnight may come meanwhile.
        var at = DateTimeOffset.UtcNow;
        var usage = Usage("anna", prompt: 100, completion: 20, at);
        var message = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => broker.PublishAsync(usage, message)));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => broker.PublishAsync(usage, Guid.CreateVersion7())));
        await broker.PublishAsync(Usage("anna", prompt: 7, completion: 3, at), message);

        // Booked after all that was published before it.
        await broker.PublishAsync(Usage("berta", prompt: 1, completion: 1), Guid.CreateVersion7());
        using var berta = service.ClientFor(_tenant, "berta", "user");
        await WaitForAsync(berta, 1);
        var day = Assert.Single((await anna.GetAsync("/api/billing/usage-summaries").OkAsync())["days"]!.AsArray())!;
        Assert.Equal(2, (int)day["entries"]!);
        Assert.Equal(107, (int)day["promptTokens"]!);
        Assert.Equal(23, (int)day["completionTokens"]!);
        Assert.Equal("extractive", (string?)day["model"]);
        Assert.Equal("answer", (string?)day["kind"]);
    }

    [Theory]
    [InlineData(UsageKind.Embedding, "embedding")]
    [InlineData(UsageKind.Rerank, "rerank")]
    public async Task What_was_embedded_or_reranked_counts_as_such(UsageKind kind, string name)
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");

        await broker.PublishAsync(Usage("anna", prompt: 10, completion: 0) with { Kind = kind }, Guid.CreateVersion7());

        await WaitForAsync(anna, 1);
        Assert.Equal(name, (string?)(await anna.GetAsync("/api/billing/usage").OkAsync())["items"]![0]!["kind"]);
    }

    [Fact]
    public async Task A_broken_message_is_delivered_three_times_and_then_set_aside()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var broken = Guid.NewGuid().ToString("n");
        var (unreadable, impossible) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await broker.PublishAsync(typeof(UsageRecorded), $"{{\"usageId\":\"{broken}", unreadable);
        // Readable, but no usage: the ledger refuses negative counts.
        await broker.PublishAsync(Usage("anna", prompt: -1, completion: 0), impossible);
        await broker.PublishAsync(Usage("anna", prompt: 1, completion: 1), Guid.CreateVersion7());

        await WaitForAsync(anna, 1);
        foreach (var (id, text) in new[] { (unreadable, broken), (impossible, "\"promptTokens\":-1") })
        {
            var message = await broker.TakeAsync(Topology.DeadLetters(Queue), text);
            Assert.NotNull(message);
            var died = (IDictionary<string, object?>)((List<object?>)message.BasicProperties.Headers!["x-death"]!)[0]!;
            Assert.Equal("delivery_limit", Encoding.UTF8.GetString((byte[])died["reason"]!));
            // What the service writes arrives later than what it does.
            await ReadUntil.TrueAsync(() => Task.FromResult(Refused(id) >= 3), "the log says so three times");
            Assert.Equal(3, Refused(id));
        }

        Assert.Single((await anna.GetAsync("/api/billing/usage").OkAsync())["items"]!.AsArray());

        int Refused(Guid id)
            => service.Log.Split('\n').Count(line => line.Contains("cannot be handled", StringComparison.Ordinal) && line.Contains(id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_the_ledger()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        await broker.PublishAsync(Usage("anna", 1, 1), Guid.CreateVersion7());
        await WaitForAsync(anna, 1);

        // The owner of the table, with and without a tenant, and the superuser.
        var owner = service.Setting("ConnectionStrings__billing");
        var database = new NpgsqlConnectionStringBuilder(owner).Database;
        foreach (var connection in new[] { owner, new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = database }.ConnectionString })
        {
            await using var source = NpgsqlDataSource.Create(connection);
            foreach (var sql in new[]
                     {
                         "update usage_ledger set prompt_tokens = 0", "delete from usage_ledger", "truncate usage_ledger",
                         $"set app.tenant = '{_tenant}'; update usage_ledger set prompt_tokens = 0", $"set app.tenant = '{_tenant}'; delete from usage_ledger",
                     })
            {
                await using var command = source.CreateCommand(sql);
                var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
                Assert.Contains("immutable", refused.MessageText, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, await CountAsync(owner, ""));
        Assert.Equal(0, await CountAsync(owner, "other"));
        Assert.Equal(1, await CountAsync(owner, _tenant));
    }

    [Fact]
    public async Task One_sees_only_ones_own_usage_page_by_page()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        using var stranger = service.ClientFor(_tenant + "x", "anna", "user");
        var sent = Enumerable.Range(0, 5).Select(n => Usage("anna", n, 0, DateTimeOffset.UtcNow.AddMinutes(-n))).ToList();
        foreach (var usage in sent)
            await broker.PublishAsync(usage, Guid.CreateVersion7());
        await broker.PublishAsync(Usage("berta", 1_000, 0), Guid.CreateVersion7());
        await WaitForAsync(anna, 5);

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await anna.GetAsync($"/api/billing/usage?limit=2{(after is null ? "" : "&after=" + after)}").OkAsync();
            seen.AddRange(page["items"]!.AsArray().Select(entry => (Guid)entry!["usageId"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal(sent.Select(usage => usage.UsageId), seen);
        Assert.Empty((await admin.GetAsync("/api/billing/usage").OkAsync())["items"]!.AsArray());
        Assert.Empty((await stranger.GetAsync("/api/billing/usage").OkAsync())["items"]!.AsArray());
        Assert.Empty((await anna.GetAsync("/api/billing/usage?from=2026-01-01&to=2026-01-31").OkAsync())["items"]!.AsArray());
        await anna.GetAsync("/api/billing/usage?limit=201").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "limit");
        await anna.GetAsync("/api/billing/usage?from=gestern").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "from");
        await anna.GetAsync("/api/billing/usage-summaries?from=2020-01-01&to=2026-01-31").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "from");
    }

    private UsageRecorded Usage(string user, int prompt, int completion, DateTimeOffset? at = null) => new()
    {
        UsageId = Guid.CreateVersion7(),
        Tenant = _tenant,
        UserId = user,
        Kind = UsageKind.Answer,
        Purpose = "chat",
        Model = "extractive",
        PromptTokens = prompt,
        CompletionTokens = completion,
        OccurredAt = at ?? DateTimeOffset.UtcNow,
    };

    private static Task WaitForAsync(HttpClient client, int entries) => ReadUntil.TrueAsync(
        async () => (await client.GetAsync("/api/billing/usage").OkAsync())["items"]!.AsArray().Count >= entries, $"the ledger has {entries} entries");

    private static async Task<long> CountAsync(string connection, string tenant)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"set app.tenant = '{tenant}'; select count(*) from usage_ledger");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
