using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.Contracts.Chat;
using static LLMoin.ServiceTests.Chat.CompletionReader;

namespace LLMoin.ServiceTests.Chat;

/// <summary>Whoever said that they may come back finds the answer going on where they left it; whoever did not frees the slot.</summary>
public sealed class ResumeRules(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_goes_on_without_its_reader_and_is_taken_up_where_they_were()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var before = await AskAsync(anna, "tokens=5000 rate=50 reasoning=10");
        await before.ReadAsync(read => read.Text.Contains("20 "), Now);
        before.Dispose();
        Assert.Equal(before.AnswerId, await RunningAnswerAsync(anna, before.ConversationId));
        await Task.Delay(500, Now);

        using var after = await CompletionReader.ResumeAsync(anna, before.AnswerId, before.LastEventId, Now);
        using var beside = await CompletionReader.ResumeAsync(anna, before.AnswerId, cancellation: Now);
        await Task.WhenAll(after.ReadAsync(read => read.Text.Contains(" 60 "), Now), beside.ReadAsync(read => read.Text.Contains(" 60 "), Now));
        await Task.WhenAll(after.StopAsync(anna, Now, before.AnswerId), beside.ReadAsync(cancellation: Now));
        using var late = await (await CompletionReader.ResumeAsync(anna, before.AnswerId, before.LastEventId, Now)).ReadAsync(cancellation: Now);

        var whole = Numbers(Assert.Single(await bed.UsageOfAsync(before.AnswerId)).CompletionTokens - 10);
        Assert.Equal(whole, before.Text + after.Text);
        Assert.Equal(after.Text, late.Text);
        Assert.Equal(whole, beside.Text);
        Assert.Equal(before.Reasoning, beside.Reasoning);
        Assert.All([after, beside, late], reader => Assert.Equal((true, "stopped"), (reader.Done, reader.Extension!.Value.GetProperty("status").GetString())));
        Assert.Null(await RunningAnswerAsync(anna, before.ConversationId));
    }

    [Fact]
    public async Task An_answer_to_which_nobody_comes_back_ends_after_its_time_and_keeps_its_text()
    {
        await using var worker = await bed.StartWorkerAsync();
        await using var chat = await bed.StartFurtherChatAsync(("Chat__UnreadFor", "00:00:01"));
        using var anna = chat.ClientFor("hamburg", "anna");
        using var reader = await AskAsync(anna, "tokens=5000 rate=50");
        await reader.ReadAsync(read => read.Text.Contains("10 "), Now);
        var left = DateTimeOffset.UtcNow;
        reader.Dispose();

        var usage = Assert.Single(await bed.UsageOfAsync(reader.AnswerId));

        Assert.True(usage.OccurredAt - left >= TimeSpan.FromSeconds(1), $"It ended {usage.OccurredAt - left} after its reader had left.");
        Assert.InRange(usage.CompletionTokens, 11, 4_999);
        Assert.Equal(UsageOutcome.Stopped, usage.Outcome);
        using var late = await (await CompletionReader.ResumeAsync(anna, reader.AnswerId, reader.LastEventId, Now)).ReadAsync(cancellation: Now);
        Assert.Equal("stopped", late.Extension!.Value.GetProperty("status").GetString());
        Assert.Equal(Numbers(usage.CompletionTokens), reader.Text + late.Text);
    }

    [Fact]
    public async Task At_another_instance_the_answer_is_kept_alive_and_its_rest_comes_at_its_end()
    {
        await using var worker = await bed.StartWorkerAsync();
        await using var first = await bed.StartFurtherChatAsync(("Chat__UnreadFor", "00:00:04"));
        await using var second = await bed.StartFurtherChatAsync(("ConnectionStrings__chat", first.Setting("ConnectionStrings__chat")));
        // Ten seconds, more than twice of what it may be left alone for.
        using var before = await AskAsync(first.ClientFor("hamburg", "anna"), "tokens=500 rate=50");
        await before.ReadAsync(read => read.Text.Contains("20 "), Now);

        using var after = await CompletionReader.ResumeAsync(second.ClientFor("hamburg", "anna"), before.AnswerId, before.LastEventId, Now);
        await after.ReadAsync(read => read.Comments.Contains("working"), Now);
        before.Dispose();
        await after.ReadAsync(cancellation: Now);

        Assert.Equal(Numbers(500), before.Text + after.Text);
        Assert.Equal("completed", after.Extension!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Stop_ends_it_at_once_for_all_who_read_it()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var reader = await AskAsync(anna, "tokens=5000 rate=50");
        await reader.ReadAsync(read => read.Text.Contains("10 "), Now);
        using var beside = await CompletionReader.ResumeAsync(anna, reader.AnswerId, cancellation: Now);

        using var stop = await anna.PostAsync($"/api/chat/answers/{reader.AnswerId}/stop", null, Now);
        await Task.WhenAll(reader.ReadAsync(cancellation: Now), beside.ReadAsync(cancellation: Now));

        Assert.Equal(reader.Text, beside.Text);
        Assert.All([reader, beside], read => Assert.Equal("stopped", read.Extension!.Value.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Of_an_answer_whose_conversation_is_deleted_meanwhile_nothing_is_kept_but_what_it_used()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var reader = await AskAsync(anna, "tokens=5000 rate=50 reasoning=5");
        await reader.ReadAsync(read => read.Text.Contains("10 "), Now);

        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync($"/api/chat/conversations/{reader.ConversationId}", Now)).StatusCode);
        await reader.StopAsync(anna, Now);

        var stored = await anna.GetFromJsonAsync<JsonElement>($"/api/chat/answers/{reader.AnswerId}", Now);
        Assert.Equal(("stopped", "", ""), (stored.GetProperty("status").GetString(), stored.GetProperty("text").GetString(), stored.GetProperty("reasoning").GetString()));
        Assert.Equal(reader.Text, Numbers(Assert.Single(await bed.UsageOfAsync(reader.AnswerId)).CompletionTokens - 5));
    }

    [Fact]
    public async Task Nobody_else_can_follow_it_and_no_place_is_made_up()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var reader = await AskAsync(anna, "tokens=200 rate=50");
        await reader.ReadAsync(read => read.Text.Contains("10 "), Now);

        foreach (var (tenant, user) in new[] { ("hamburg", "ben"), ("bremen", "anna") })
        {
            using var other = await CompletionReader.ResumeAsync(bed.Chat.ClientFor(tenant, user), reader.AnswerId, cancellation: Now);
            Assert.Equal(HttpStatusCode.NotFound, other.Response.StatusCode);
        }
        foreach (var wrong in new[] { "seven", "1.2", "-1.0.0", "1.2.3.4" })
        {
            using var lost = await CompletionReader.ResumeAsync(anna, reader.AnswerId, wrong, Now);
            Assert.Equal(HttpStatusCode.BadRequest, lost.Response.StatusCode);
        }
        using var beyond = await (await CompletionReader.ResumeAsync(anna, reader.AnswerId, "0.999999.7", Now)).ReadAsync(cancellation: Now);
        Assert.Equal(("", true), (beyond.Text, beyond.Done));
    }

    private static Task<CompletionReader> AskAsync(HttpClient client, string script) => CompletionReader.AskAsync(client, new
    {
        model = "replay",
        stream = true,
        resumable = true,
        sources = new { mode = "off" },
        messages = new[] { new { role = "user", content = "replay " + script } },
    }, cancellation: Now);

    private static async Task<Guid?> RunningAnswerAsync(HttpClient client, Guid conversation)
        => (await client.GetFromJsonAsync<JsonElement>($"/api/chat/conversations/{conversation}", Now)).GetProperty("runningAnswerId").Deserialize<Guid?>();
}
