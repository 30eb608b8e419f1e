using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LLMoin.PlatformTests;

public sealed class SpentBudget(Platform platform)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gateway_refuses_what_costs_before_chat_sees_it_and_lets_the_rest_pass()
    {
        using var emil = await platform.Run.SignInAsync("emil@musterdorf.example");
        using var fina = await platform.Run.SignInAsync("fina@musterdorf.example");
        // Chat would say that there is no such model; the gateway does not get that far.
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(emil)).StatusCode);
        var user = (string)(await emil.GetFromJsonAsync<JsonNode>("/api/identity/me", Now))!["userId"]!;
        var budget = await fina.PostAsJsonAsync("/api/billing/budgets", new { scope = "user", subject = user, unit = "tokens", period = "month", limit = 0, contact = "Amt 10" }, Now);
        Assert.Equal(HttpStatusCode.Created, budget.StatusCode);

        await Platform.UntilAsync(async () => (await AskAsync(emil)).StatusCode == HttpStatusCode.TooManyRequests, "the gateway knows the budget");
        using var refused = await AskAsync(emil);
        Assert.Equal(["false"], refused.Headers.GetValues("x-should-retry"));
        Assert.Contains("Amt 10", await refused.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await emil.PostAsJsonAsync("/api/chat/runs/summarise", new { model = "gpt-9" }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await emil.GetAsync("/v1/models", Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(fina)).StatusCode);

        using var removal = new HttpRequestMessage(HttpMethod.Delete, budget.Headers.Location);
        removal.Headers.IfMatch.Add(budget.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NoContent, (await fina.SendAsync(removal, Now)).StatusCode);
        await Platform.UntilAsync(async () => (await AskAsync(emil)).StatusCode == HttpStatusCode.NotFound, "the gateway has forgotten the budget");
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client) => client.PostAsJsonAsync(
        "/v1/chat/completions", new { model = "gpt-9", messages = new[] { new { role = "user", content = "Hallo" } } }, Now);
}
