using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LLMoin.ServiceTests.Chat;

/// <summary>What a model thinks and calls, on its way to the reader and into the store.</summary>
public sealed class ToolsAndReasoning(ChatBed bed) : IClassFixture<ChatBed>
{
    private static readonly object[] Tools = [new { type = "function", function = new { name = "clock", parameters = new { type = "object" } } }];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static object Question(string script, bool stream = true, object? choice = null) => new
    {
        model = "replay",
        stream,
        tools = Tools,
        tool_choice = choice ?? "auto",
        sources = new { mode = "off" },
        messages = new[] { new { role = "user", content = "replay " + script } },
    };

    [Fact]
    public async Task Reasoning_and_calls_are_streamed_apart_stored_and_replayed()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var key = Guid.NewGuid().ToString();

        using var first = await (await CompletionReader.AskAsync(anna, Question("tokens=2 reasoning=3 calls=2 rate=0"), key, Now)).ReadAsync(cancellation: Now);
        using var again = await (await CompletionReader.AskAsync(anna, Question("tokens=2 reasoning=3 calls=2 rate=0"), key, Now)).ReadAsync(cancellation: Now);

        foreach (var reader in new[] { first, again })
        {
            Assert.Equal(("r0 r1 r2 ", "0 1 "), (reader.Reasoning, reader.Text));
            Assert.Equal([("call_0", """{"n":0}"""), ("call_1", """{"n":1}""")], reader.ToolCalls);
            Assert.Equal(["tool_calls"], reader.FinishReasons);
            Assert.True(reader.Done);
        }
        Assert.Equal(7, Assert.Single(await bed.UsageOfAsync(first.AnswerId)).CompletionTokens);
        var stored = await anna.GetFromJsonAsync<JsonElement>($"/api/chat/answers/{first.AnswerId}", Now);
        Assert.Equal("r0 r1 r2 ", stored.GetProperty("reasoning").GetString());
        Assert.Equal("clock", stored.GetProperty("toolCalls")[1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_whole_answer_of_calls_alone_has_no_content()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        using var response = await anna.PostAsJsonAsync(
            "/v1/chat/completions", Question("tokens=0 rate=0", stream: false, choice: new { type = "function", function = new { name = "clock" } }), Now);
        var choice = (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("choices")[0];

        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        var call = Assert.Single(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray());
        Assert.Equal(("call_0", "function", "clock"), (
            call.GetProperty("id").GetString(), call.GetProperty("type").GetString(), call.GetProperty("function").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_killed_workers_reasoning_and_calls_are_not_repeated_by_the_next()
    {
        await using var first = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var clock = Stopwatch.StartNew();
        using var reader = await CompletionReader.AskAsync(anna, Question("tokens=10 reasoning=30 calls=2000 rate=50"), cancellation: Now);
        await reader.ReadAsync(read => read.ToolCalls.Count > 2, Now);

        await using var second = await bed.StartWorkerAsync();
        await first.KillAsync();
        // More than the first can have written by its rate.
        var bySecond = (int)(50 * clock.Elapsed.TotalSeconds);
        await reader.ReadAsync(read => read.ToolCalls.Count > bySecond, Now);
        await reader.StopAsync(anna, Now);

        Assert.Equal(string.Concat(Enumerable.Range(0, 30).Select(n => $"r{n} ")), reader.Reasoning);
        Assert.Equal(Enumerable.Range(0, reader.ToolCalls.Count).Select(n => $"call_{n}"), reader.ToolCalls.Select(call => call.Id));
        Assert.Equal(10 + 30 + reader.ToolCalls.Count, Assert.Single(await bed.UsageOfAsync(reader.AnswerId)).CompletionTokens);
    }

    [Fact]
    public async Task A_model_that_cannot_be_held_to_json_says_so()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        using var response = await anna.PostAsJsonAsync("/v1/chat/completions", new
        {
            model = "replay",
            response_format = new { type = "json_object" },
            messages = new[] { new { role = "user", content = "x" } },
        }, Now);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("response_format", (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("error").GetProperty("param").GetString());
    }
}
