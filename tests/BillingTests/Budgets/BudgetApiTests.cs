using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Contracts;
using LLMoin.Contracts.Billing;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.BillingTests.Budgets;

/// <summary>Who sets and who sees budgets, and what is said about them.</summary>
public sealed class BudgetApiTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_budget_is_set_read_changed_and_deleted_by_who_has_read_its_version()
    {
        var service = await servers.ServiceAsync("Billing");
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        using var created = await admin.PostAsync("/api/billing/budgets", New("tenant", limit: 1000));
        var path = created.Headers.Location!.ToString();
        Assert.Equal("\"1\"", created.Headers.ETag!.Tag);

        var read = await admin.GetAsync(path).OkAsync();
        Assert.Equal((80, true, "open", 0L), ((int)read["warnPercent"]!, (bool)read["hard"]!, (string)read["state"]!, (long)read["used"]!));
        Assert.NotEmpty((string)read["contact"]!);
        await admin.PostAsync("/api/billing/budgets", New("tenant", limit: 1)).ProblemAsync(HttpStatusCode.Conflict, "budget-exists");
        await PutAsync(admin, path, null, 5).ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        var changed = await PutAsync(admin, path, "\"1\"", 5).OkAsync();
        Assert.Equal((5L, 2), ((long)changed["limit"]!, (int)changed["version"]!));
        await PutAsync(admin, path, "\"1\"", 6).ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        await DeleteAsync(admin, path, "\"1\"").ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(admin, path, "\"2\"")).StatusCode);
        await admin.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_an_operator_has_set_no_tenant_changes_and_no_other_tenant_sees()
    {
        var service = await servers.ServiceAsync("Billing");
        using var technician = service.ClientFor("betrieb", "otto", "operator");
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        using var auditor = service.ClientFor(_tenant, "paula", "auditor");
        using var stranger = service.ClientFor(_tenant + "x", "adam", "tenant-admin");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var created = await technician.PostAsync("/api/billing/budgets", New("tenant", limit: 10, tenant: _tenant));
        var path = created.Headers.Location!.ToString();

        await PutAsync(admin, path, "\"1\"", 1000).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await DeleteAsync(admin, path, "\"1\"").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.True((bool)(await auditor.GetAsync(path).OkAsync())["byOperator"]!);
        await auditor.PostAsync("/api/billing/budgets", New("tenant", limit: 1)).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await anna.GetAsync("/api/billing/budgets").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await stranger.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await stranger.PostAsync("/api/billing/budgets", New("tenant", limit: 1, tenant: _tenant)).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        // The tenant's own stands beside it.
        await admin.PostAsync("/api/billing/budgets", New("tenant", limit: 5)).OkAsync(HttpStatusCode.Created);
        Assert.Equal(2, (await admin.GetAsync("/api/billing/budgets").OkAsync())["items"]!.AsArray().Count);
        Assert.Empty((await stranger.GetAsync("/api/billing/budgets").OkAsync())["items"]!.AsArray());
        var page = await technician.GetAsync($"/api/billing/budgets?tenant={_tenant}&limit=1").OkAsync();
        Assert.NotNull((string?)page["next"]);
        Assert.Single((await technician.GetAsync($"/api/billing/budgets?tenant={_tenant}&after={page["next"]}").OkAsync())["items"]!.AsArray());
    }

    [Theory]
    [InlineData("tenant", "bauamt", 5, 80, "subject")]
    [InlineData("department", null, 5, 80, "subject")]
    [InlineData("api-key", "no-id", 5, 80, "subject")]
    [InlineData("tenant", null, -1, 80, "limit")]
    [InlineData("tenant", null, 5, 101, "warnPercent")]
    public async Task What_is_no_budget_is_refused_by_its_field(string scope, string? subject, long limit, int warnPercent, string field)
    {
        using var admin = (await servers.ServiceAsync("Billing")).ClientFor(_tenant, "adam", "tenant-admin");
        await admin.PostAsync("/api/billing/budgets", New(scope, limit, subject, warnPercent: warnPercent)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    [Fact]
    public async Task One_sees_the_budgets_that_bind_oneself_and_nobody_elses_figures()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var berta = service.ClientFor(_tenant, "berta", "user");
        foreach (var budget in new[] { New("tenant", 100), New("user", 50, "anna"), New("each-user", 200), New("department", 10, "bauamt") })
            await admin.PostAsync("/api/billing/budgets", budget).OkAsync(HttpStatusCode.Created);
        await broker.PublishAsync(Usage("anna", 45), Guid.CreateVersion7());
        await broker.PublishAsync(Usage("berta", 40), Guid.CreateVersion7());

        var tenant = await WhenAsync(admin, "/api/billing/budgets", items => (long?)Of(items, "tenant")["used"] == 85);
        Assert.Equal("warned", (string?)Of(tenant, "tenant")["state"]);
        Assert.NotNull(Of(tenant, "tenant")["warnedAt"]);
        foreach (var scope in new[] { "user", "each-user" })
            Assert.Equal((null, null, null), (Of(tenant, scope)["used"], (string?)Of(tenant, scope)["state"], (string?)Of(tenant, scope)["warnedAt"]));

        var own = (await anna.GetAsync("/api/billing/budgets/own").OkAsync()).AsArray();
        Assert.Equal(3, own.Count);
        Assert.Equal((45L, "warned"), ((long)Of(own, "user")["used"]!, (string?)Of(own, "user")["state"]));
        Assert.Equal((45L, "open"), ((long)Of(own, "each-user")["used"]!, (string?)Of(own, "each-user")["state"]));
        Assert.Equal((null, "warned"), (Of(own, "tenant")["used"], (string?)Of(own, "tenant")["state"]));
        Assert.Equal(2, (await berta.GetAsync("/api/billing/budgets/own").OkAsync()).AsArray().Count);
    }

    [Fact]
    public async Task A_crossing_and_every_change_are_told_within_a_second()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var broker = await RawBroker.ConnectAsync(servers);
        await using var ear = await Ear.ListenAsync(servers);
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        await admin.PostAsync("/api/billing/budgets", New("each-user", 100, warnPercent: 50)).OkAsync(HttpStatusCode.Created);
        await ear.StateAsync(states => states.Tenants.Any(tenant => tenant.Tenant == _tenant && tenant.Budgets is [{ Limit: 100, Scope: BudgetScope.EachUser }]));

        var usage = Usage("anna", 60);
        await broker.PublishAsync(usage, Guid.CreateVersion7());

        var states = await ear.StateAsync(states => states.Counted.Contains(usage.UsageId));
        Assert.Equal(("anna", 60L), states.Tenants.Single(tenant => tenant.Tenant == _tenant).Figures.Select(figure => (figure.Subject, figure.Used)).Single());
        var warned = await ear.WarningAsync(_tenant);
        Assert.Equal(("anna", 50, BudgetScope.EachUser), (warned.Subject, warned.WarnPercent, warned.Scope));
        await ear.WantAsync(usage.UsageId);
        var all = await ear.StateAsync(states => states.Complete && states.Counted.Contains(usage.UsageId));
        Assert.Contains(all.Tenants, tenant => tenant.Tenant == _tenant);
    }

    private static JsonNode Of(JsonArray items, string scope) => items.Single(item => (string?)item!["scope"] == scope)!;

    private static async Task<JsonArray> WhenAsync(HttpClient client, string path, Func<JsonArray, bool> isThere)
    {
        JsonArray items = [];
        await ReadUntil.TrueAsync(async () => isThere(items = (await client.GetAsync(path).OkAsync())["items"]!.AsArray()), $"{path} shows what is waited for");
        return items;
    }

    private static JsonObject New(string scope, long limit, string? subject = null, string? tenant = null, int? warnPercent = null) => new()
    {
        ["scope"] = scope,
        ["subject"] = subject,
        ["unit"] = "tokens",
        ["period"] = "month",
        ["limit"] = limit,
        ["tenant"] = tenant,
        ["warnPercent"] = warnPercent,
    };

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string? tag, long limit)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { limit }) };
        if (tag is not null)
            request.Headers.Add("If-Match", tag);
        return client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> DeleteAsync(HttpClient client, string path, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Headers.Add("If-Match", tag);
        return client.SendAsync(request);
    }

    private UsageRecorded Usage(string user, int tokens) => new()
    {
        UsageId = Guid.CreateVersion7(),
        Tenant = _tenant,
        UserId = user,
        Kind = UsageKind.Answer,
        Purpose = "chat",
        Model = "extractive",
        PromptTokens = tokens,
        CompletionTokens = 0,
        OccurredAt = DateTimeOffset.UtcNow,
    };

    /// <summary>Hears what billing says of budgets.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly IConnection _connection;
        private readonly IChannel _channel;
        private readonly List<BudgetStates> _states = [];
        private readonly List<BudgetWarned> _warnings = [];

        private Ear(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

        public static async Task<Ear> ListenAsync(Servers servers)
        {
            var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
            var ear = new Ear(connection, await connection.CreateChannelAsync());
            await ear.ListenAsync<BudgetStates>(ear._states);
            await ear.ListenAsync<BudgetWarned>(ear._warnings);
            return ear;
        }

        public Task<BudgetStates> StateAsync(Func<BudgetStates, bool> isIt) => FindAsync(_states, isIt, TimeSpan.FromSeconds(30));

        public Task<BudgetWarned> WarningAsync(string tenant) => FindAsync(_warnings, warned => warned.Tenant == tenant, TimeSpan.FromSeconds(30));

        public async Task WantAsync(Guid usageId)
        {
            lock (_states)
                _states.Clear();
            await _channel.BasicPublishAsync(Topology.Exchange("billing"), "budget-states-wanted.v1", JsonSerializer.SerializeToUtf8Bytes(new BudgetStatesWanted { UsageIds = [usageId] }, ContractJson.Web));
        }

        public async ValueTask DisposeAsync()
        {
            await _channel.DisposeAsync();
            await _connection.DisposeAsync();
        }

        private static async Task<T> FindAsync<T>(List<T> heard, Func<T, bool> isIt, TimeSpan limit) where T : class
        {
            for (var end = DateTime.UtcNow + limit; DateTime.UtcNow < end; await Task.Delay(50))
            {
                lock (heard)
                    if (heard.Find(one => isIt(one)) is { } found)
                        return found;
            }
            throw new TimeoutException($"No such {typeof(T).Name} within {limit}.");
        }

        private async Task ListenAsync<T>(List<T> heard)
        {
            await Topology.DeclareExchangeAsync(_channel, "billing", CancellationToken.None);
            var queue = await _channel.QueueDeclareAsync();
            await _channel.QueueBindAsync(queue.QueueName, Topology.Exchange("billing"), Topology.Message(typeof(T)).Name);
            var ear = new AsyncEventingBasicConsumer(_channel);
            ear.ReceivedAsync += (_, message) =>
            {
                lock (heard)
                    heard.Add(JsonSerializer.Deserialize<T>(message.Body.Span, ContractJson.Web)!);
                return Task.CompletedTask;
            };
            await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, ear);
        }
    }
}
