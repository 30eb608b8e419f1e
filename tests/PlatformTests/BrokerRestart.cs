using System.Net.Http.Json;
using System.Text.Json;

namespace LLMoin.PlatformTests;

/// <summary>The broker is killed while many answers stream: each comes whole, once, and stands in the ledger once.</summary>
public sealed class BrokerRestart(Platform platform)
{
    private const int Streams = 20;
    private const int Tokens = 600;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_killed_under_load_loses_no_token_and_bills_no_answer_twice()
    {
        using var hanna = await platform.Run.SignInAsync("hanna@hamburg.example");
        var expected = string.Concat(Enumerable.Range(0, Tokens).Select(n => $"{n} "));

        var began = 0;
        var reading = Enumerable.Range(0, Streams).Select(_ => ReadAsync(hanna, () => Interlocked.Increment(ref began))).ToList();
        await Platform.UntilAsync(() => Task.FromResult(Volatile.Read(ref began) == Streams), "every answer has begun");
        platform.Run.Kill("messaging");
        await Platform.UntilAsync(() => Task.FromResult(platform.Run.RestartsOf("messaging") == 1), "the broker is started again");
        var answers = await Task.WhenAll(reading);

        Assert.All(answers, answer => Assert.Null(answer.Error));
        Assert.All(answers, answer => Assert.Equal(expected, answer.Text));
        await Platform.UntilAsync(async () => (await BilledAsync(hanna)).Count >= Streams, "all answers are in the ledger", seconds: 60);
        await Task.Delay(2000, Now);
        var billed = await BilledAsync(hanna);
        Assert.Equal(answers.Select(answer => answer.AnswerId).Order(), billed.Select(entry => entry.GetProperty("usageId").GetGuid()).Order());
        Assert.All(billed, entry => Assert.Equal(Tokens, entry.GetProperty("completionTokens").GetInt32()));
        Assert.Equal(1, platform.Run.RestartsOf("messaging"));
    }

    private static async Task<StreamedAnswer> ReadAsync(HttpClient client, Action began)
    {
        using var response = await FirstSteps.AskAsync(client, $"replay tokens={Tokens} rate=50", "replay");
        return await StreamedAnswer.ReadAsync(response, Now, began);
    }

    private static async Task<IReadOnlyList<JsonElement>> BilledAsync(HttpClient client)
        => [.. (await client.GetFromJsonAsync<JsonElement>("/api/billing/usage?limit=200", Now)).GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("model").GetString() == "replay")];
}
