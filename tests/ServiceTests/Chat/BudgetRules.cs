using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using LLMoin.ServiceTests.Chat.Functions;

namespace LLMoin.ServiceTests.Chat;

/// <summary>Budgets as billing counts and publishes them and as chat keeps them, with real processes on one broker.</summary>
public sealed class BudgetRules(ChatBed bed, Servers servers) : IClassFixture<ChatBed>
{
    private const int Limit = 1_000;

    /// <summary>Whoever has no budget at all is refused from the moment on at which a process knows the budgets.</summary>
    private const string Probe = "probe";

    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task However_many_ask_at_once_a_budget_is_overshot_by_no_more_than_the_documentation_states(int processes)
    {
        await using var worker = await bed.StartWorkerAsync(slots: 64);
        List<ServiceProcess> chats = [bed.Chat];
        while (chats.Count < processes)
            chats.Add(await bed.StartFurtherChatAsync());
        var budget = await SetAsync("tenant", null, Limit);
        await SetAsync("user", Probe, 0);
        var probes = 0;
        foreach (var chat in chats)
            probes += await KnownAsync(chat);
        using (var first = await AskAsync(chats[0], "anna", tokens: 600))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        // Three words were read for each.
        var spent = 603 + 4 * probes;
        Assert.Equal(spent, await UsedAsync(budget, spent));
        var left = Limit - spent;
        // As long as a process has not heard of that, so much more would fit.
        foreach (var chat in chats)
            spent += 4 * await UntilRefusedAsync(chat, "berta", allowed: 600, "the process knows what is spent");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => AskAsync(chats[n % processes], $"user{n % 20}", tokens: 10, more: "wait-ms=100")));

        var answered = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(200 - answered, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        // 14 tokens each, held as 35 at most.
        var used = await UsedAsync(budget, spent + 14 * answered);
        Assert.Equal(spent + 14 * answered, used);
        Assert.True(used <= Limit + (processes - 1) * left, $"{used} of {Limit} used by {processes} processes, {left} were left.");
        Assert.True(answered >= (Limit - spent) / 35, $"Only {answered} were answered.");
        foreach (var refused in answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests))
            await AssertRefusedAsync(refused);
        foreach (var answer in answers)
            answer.Dispose();

        // All of it known, no process lets another one through that does not fit.
        foreach (var chat in chats)
        {
            await ReadUntil.TrueAsync(async () =>
            {
                using var last = await AskAsync(chat, "anna", tokens: 600);
                return last.StatusCode == HttpStatusCode.TooManyRequests;
            }, "nothing passes that does not fit");
        }
        foreach (var chat in chats.Skip(1))
            await chat.DisposeAsync();
    }

    [Fact]
    public async Task What_was_used_before_a_restart_is_known_after_it_and_a_repeated_request_costs_nothing()
    {
        await using var worker = await bed.StartWorkerAsync();
        var budget = await SetAsync("each-user", null, 100);
        await SetAsync("user", Probe, 0);
        await KnownAsync(bed.Chat);
        var key = Guid.NewGuid().ToString();
        using (var first = await AskAsync(bed.Chat, "anna", tokens: 70, key: key))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using (var refused = await AskAsync(bed.Chat, "anna", tokens: 70))
            await AssertRefusedAsync(refused);
        using (var other = await AskAsync(bed.Chat, "berta", tokens: 70))
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        await OwnUsedAsync(budget, "anna", 73);

        await bed.Chat.KillAsync();
        await bed.Chat.RestartAsync();
        await KnownAsync(bed.Chat);
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(bed.Chat)).Contains("replay"), "the model is known");

        using (var refused = await AskAsync(bed.Chat, "anna", tokens: 70))
            await AssertRefusedAsync(refused);
        using (var again = await AskAsync(bed.Chat, "anna", tokens: 70, key: key))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var client = bed.Chat.ClientFor(_tenant, "anna", "user");
        Assert.NotEmpty((await client.GetAsync("/api/chat/conversations").OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task Embedding_and_reranking_go_on_a_budget_too()
    {
        // Its queue must be there before something is used: usage of before a platform's first start is nobody's.
        await servers.ServiceAsync("Billing");
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor(_tenant, "anna", "user");
        using (var free = await anna.PostAsJsonAsync("/v1/embeddings", new { model = "replay-embedding", input = "eins zwei" }, Now))
            Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        var budget = await SetAsync("user", "anna", 0);
        await SetAsync("user", Probe, 0);
        await KnownAsync(bed.Chat);

        using (var embedding = await anna.PostAsJsonAsync("/v1/embeddings", new { model = "replay-embedding", input = "eins zwei" }, Now))
            await AssertRefusedAsync(embedding);
        using (var ranking = await anna.PostAsJsonAsync("/v1/rerank", new { model = "replay-rerank", query = "eins", documents = new[] { "zwei" } }, Now))
            await AssertRefusedAsync(ranking);
        await OwnUsedAsync(budget, "anna", 2);
    }

    [Fact]
    public async Task A_run_holds_its_whole_when_it_is_ordered_and_fails_clearly_when_its_budget_ends()
    {
        await using var worker = await bed.StartWorkerAsync();
        var budget = await SetAsync("user", "anna", 160_000);
        await SetAsync("user", Probe, 0);
        await KnownAsync(bed.Chat);
        using var anna = bed.Chat.ClientFor(_tenant, "anna", "user");
        var order = new
        {
            model = "replay",
            // Sixteen parts, four at a time, and sections of what they say: there are more to come when the budget's end is heard of.
            text = string.Join("\n\n", Enumerable.Range(1, 1600).Select(number => $"Der Ausschuss hat in seiner Sitzung Nummer {number} über das Vorhaben {number * 7} beraten und es vertagt.")),
            focus = "tokens=5 rate=0 wait-ms=2500",
            length = new { unit = "sentences", value = 2 },
        };
        var run = await FunctionsBed.OrderAsync(anna, "summarise", order);

        // The first holds most of it, though it has used nothing yet.
        var refusal = await anna.PostAsync("/api/chat/runs/summarise", JsonContent.Create(order), Now).ProblemAsync(HttpStatusCode.TooManyRequests, "insufficient-quota");
        Assert.Contains("Monatsbudget", (string)refusal["detailDe"]!, StringComparison.Ordinal);
        Assert.Contains("Kämmerei", (string)refusal["detail"]!, StringComparison.Ordinal);
        await ReadUntil.TrueAsync(async () => (string?)(await FunctionsBed.RunAsync(anna, run))["phase"] == "summarising", "it has begun");
        await ChangeAsync(budget, 10);

        var failed = await FunctionsBed.EndAsync(anna, run, "failed");
        Assert.Equal("budget-spent", (string?)failed["error"]!["code"]);
        Assert.Contains("Kämmerei", (string)failed["error"]!["textDe"]!, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(["false"], response.Headers.GetValues("x-should-retry"));
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>(Now))!["error"]!;
        Assert.Equal("insufficient_quota", (string?)error["code"]);
        Assert.Contains("Ask: Kämmerei", (string)error["message"]!, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(ServiceProcess chat, string user, int tokens, string more = "", string? key = null, int? allowed = null)
    {
        using var client = chat.ClientFor(_tenant, user, "user");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = "replay",
                max_tokens = allowed ?? tokens,
                store = key is not null,
                sources = new { mode = "off" },
                messages = new[] { new { role = "user", content = $"replay tokens={tokens} rate=0 {more}" } },
            }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Now);
    }

    private async Task<HttpClient> AdminAsync() => (await servers.ServiceAsync("Billing")).ClientFor(_tenant, "adam", "tenant-admin");

    private async Task<Guid> SetAsync(string scope, string? subject, long limit)
    {
        using var admin = await AdminAsync();
        return (Guid)(await admin.PostAsync("/api/billing/budgets", JsonContent.Create(
            new { scope, subject, unit = "tokens", period = "month", limit, contact = "Kämmerei" }), Now).OkAsync(HttpStatusCode.Created))["id"]!;
    }

    private async Task ChangeAsync(Guid budget, long limit)
    {
        using var admin = await AdminAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/billing/budgets/{budget}") { Content = JsonContent.Create(new { limit, contact = "Kämmerei" }) };
        request.Headers.Add("If-Match", "\"1\"");
        await admin.SendAsync(request, Now).OkAsync();
    }

    /// <returns>How many probes were answered before: none where it knew them at once.</returns>
    private Task<int> KnownAsync(ServiceProcess chat) => UntilRefusedAsync(chat, Probe, allowed: 1, "the process knows the budgets");

    /// <returns>How many were answered before, with four tokens each.</returns>
    private async Task<int> UntilRefusedAsync(ServiceProcess chat, string user, int allowed, string what)
    {
        var answered = 0;
        await ReadUntil.TrueAsync(async () =>
        {
            using var response = await AskAsync(chat, user, tokens: 1, allowed: allowed);
            if (response.StatusCode == HttpStatusCode.OK)
                answered++;
            return response.StatusCode == HttpStatusCode.TooManyRequests;
        }, what);
        return answered;
    }

    /// <summary>What the tenant's budget has counted, once it is at least this, and a moment later.</summary>
    private async Task<long> UsedAsync(Guid budget, long least)
    {
        using var admin = await AdminAsync();
        await ReadUntil.TrueAsync(async () => await ReadAsync() >= least, $"{least} tokens are counted");
        await Task.Delay(300, Now);
        return await ReadAsync();

        async Task<long> ReadAsync() => (long)(await admin.GetAsync($"/api/billing/budgets/{budget}", Now).OkAsync())["used"]!;
    }

    private async Task OwnUsedAsync(Guid budget, string user, long used)
    {
        using var client = (await servers.ServiceAsync("Billing")).ClientFor(_tenant, user, "user");
        await ReadUntil.TrueAsync(async () => (await client.GetAsync("/api/billing/budgets/own", Now).OkAsync()).AsArray()
            .Single(own => (Guid)own!["id"]! == budget)!["used"]!.GetValue<long>() == used, $"{used} tokens of one's own are counted");
    }
}
