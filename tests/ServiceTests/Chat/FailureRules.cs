using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.Contracts.Chat;
using LLMoin.ServiceBed;
using LLMoin.ServiceDefaults.InternalIdentity;
using static LLMoin.ServiceTests.Chat.CompletionReader;

namespace LLMoin.ServiceTests.Chat;

/// <summary>The failure rules of the platform, with real kills: nothing lost, nothing repeated, nothing billed twice.</summary>
public sealed class FailureRules(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_streams_is_stored_and_is_recorded_once()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor(new Caller("hamburg", "anna", "Anna", FrozenSet.Create("user"), null) { Departments = FrozenSet.Create("umwelt", "bau") });

        using var reader = await (await CompletionReader.AskAsync(anna, "tokens=40 rate=200", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Equal(Numbers(40), reader.Text);
        Assert.Equal(["stop"], reader.FinishReasons);
        Assert.True(reader.Done);
        Assert.Equal(40, reader.Usage!.Value.GetProperty("completion_tokens").GetInt32());
        var usage = Assert.Single(await bed.UsageOfAsync(reader.AnswerId));
        Assert.Equal(("hamburg", "anna", "replay", 40), (usage.Tenant, usage.UserId, usage.Model, usage.CompletionTokens));
        Assert.Equal(("bau", UsageOutcome.Completed), (usage.Department, usage.Outcome));
        Assert.InRange(usage.DurationMs!.Value, 190, 20_000);

        var messages = await anna.GetFromJsonAsync<JsonElement>($"/api/chat/conversations/{reader.ConversationId}/messages", Now);
        Assert.Equal(["user", "assistant"], messages.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(Numbers(40), messages.GetProperty("items")[1].GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_worker_killed_mid_answer_is_continued_by_another_without_a_seam()
        => await ContinuedAsync(await bed.StartWorkerAsync(), worker => worker.KillAsync());

    [Fact]
    public async Task A_worker_that_has_to_stop_at_once_hands_its_answers_over()
        => await ContinuedAsync(await bed.StartWorkerAsync(settings: ("Inference__Drain", "00:00:00")), worker => worker.TerminateAsync());

    private async Task ContinuedAsync(ServiceProcess worker, Func<ServiceProcess, Task> end)
    {
        await using var first = worker;
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var clock = Stopwatch.StartNew();
        using var reader = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await reader.ReadAsync(read => read.Text.Contains("20 "), Now);

        await using var second = await bed.StartWorkerAsync();
        await end(first);
        // More than the first can have written by its rate.
        var bySecond = (int)(50 * clock.Elapsed.TotalSeconds) + 20;
        await reader.ReadAsync(read => read.Text.Contains($" {bySecond} "), Now);
        await reader.StopAsync(anna, Now);

        Assert.Equal(["stop"], reader.FinishReasons);
        Assert.Equal(Numbers(Assert.Single(await bed.UsageOfAsync(reader.AnswerId)).CompletionTokens), reader.Text);
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_stop_lets_answers_end_and_hands_over_what_waits()
    {
        await using var first = await bed.StartWorkerAsync(slots: 1, ("Inference__Drain", "00:01:00"));
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var running = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await running.ReadAsync(read => read.Text.Contains("10 "), Now);
        using var waiting = await CompletionReader.AskAsync(anna, "tokens=5 rate=50", cancellation: Now);
        await waiting.ReadAsync(read => read.WasAt(1), Now);

        var stopped = first.TerminateAsync();
        await using var second = await bed.StartWorkerAsync(slots: 1);
        await waiting.ReadAsync(cancellation: Now);
        Assert.False(stopped.IsCompleted);
        await running.StopAsync(anna, Now);
        await stopped;

        Assert.Equal(Numbers(5), waiting.Text);
        Assert.Equal(Numbers(Assert.Single(await bed.UsageOfAsync(running.AnswerId)).CompletionTokens), running.Text);
    }

    [Fact]
    public async Task Past_the_deadline_a_reader_in_line_gets_a_clear_error()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 1);
        await using var chat = await bed.StartFurtherChatAsync(("Chat__QueueDeadline", "00:00:05"));
        using var anna = chat.ClientFor("hamburg", "anna");
        using var first = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await first.ReadAsync(read => read.Text.Contains("10 "), Now);

        using var second = await (await CompletionReader.AskAsync(anna, "tokens=5 rate=50", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Equal("unavailable", second.Error!.Value.GetProperty("code").GetString());
        Assert.True(second.WasAt(1));
    }

    [Fact]
    public async Task A_stopped_answer_frees_its_slot_and_keeps_its_text()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 1);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var first = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await first.ReadAsync(read => read.Text.Contains("10 "), Now);
        using var second = await CompletionReader.AskAsync(anna, "tokens=5 rate=50", cancellation: Now);
        await second.ReadAsync(read => read.WasAt(1), Now);

        await first.StopAsync(anna, Now);
        await second.ReadAsync(cancellation: Now);

        Assert.Equal(["stop"], first.FinishReasons);
        Assert.Equal("stopped", first.Extension!.Value.GetProperty("status").GetString());
        Assert.Equal(Numbers(5), second.Text);
        var usage = Assert.Single(await bed.UsageOfAsync(first.AnswerId));
        Assert.Equal((first.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, UsageOutcome.Stopped), (usage.CompletionTokens, usage.Outcome));
    }

    [Fact]
    public async Task A_reader_who_goes_away_frees_the_slot_and_is_billed_for_what_was_generated()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 1);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var first = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await first.ReadAsync(read => read.Text.Contains("10 "), Now);
        var answer = first.AnswerId;
        first.Dispose();

        using var second = await (await CompletionReader.AskAsync(anna, "tokens=5 rate=50", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Equal(Numbers(5), second.Text);
        Assert.InRange(Assert.Single(await bed.UsageOfAsync(answer)).CompletionTokens, 11, 500);
    }

    [Fact]
    public async Task Without_any_worker_the_reader_gets_a_clear_error_and_nothing_to_pay()
    {
        await using var worker = await bed.StartWorkerAsync();
        await using var chat = await bed.StartFurtherChatAsync(("Chat__QueueDeadline", "00:00:05"));
        await worker.KillAsync();
        using var anna = chat.ClientFor("hamburg", "anna");

        using var reader = await (await CompletionReader.AskAsync(anna, "tokens=5", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Equal("unavailable", reader.Error!.Value.GetProperty("code").GetString());
        Assert.Contains("waiting", reader.Comments);
        Assert.False(reader.Done);
        var usage = Assert.Single(await bed.UsageOfAsync(reader.AnswerId));
        Assert.Equal((0, UsageOutcome.Failed), (usage.PromptTokens + usage.CompletionTokens, usage.Outcome));
    }

    [Fact]
    public async Task A_request_that_ends_every_worker_is_given_up_and_kept_as_a_dead_letter()
    {
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        // Four tries end four; the fifth says that the last of them is over.
        var workers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bed.StartWorkerAsync()));
        var before = await DeadLetters();

        using var reader = await (await CompletionReader.AskAsync(anna, "tokens=50 rate=50 crash-after=0", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Equal("generation_failed", reader.Error!.Value.GetProperty("code").GetString());
        await ReadUntil.TrueAsync(async () => await DeadLetters() == before + 1, "the request is a dead letter");
        foreach (var worker in workers)
            await worker.DisposeAsync();

        async Task<uint> DeadLetters() => await bed.CountAsync("generate.replay.dead");
    }

    [Fact]
    public async Task A_chat_instance_that_dies_is_retried_with_the_same_key_and_billed_once()
    {
        await using var worker = await bed.StartWorkerAsync();
        await using var chat = await bed.StartFurtherChatAsync();
        using var anna = chat.ClientFor("hamburg", "anna");
        var key = Guid.NewGuid().ToString();
        using var broken = await CompletionReader.AskAsync(anna, "tokens=60 rate=50", key, Now);
        await broken.ReadAsync(read => read.Text.Contains("10 "), Now);

        await chat.KillAsync();
        await chat.RestartAsync();
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(chat)).Contains("replay"), "the instance knows the model again");
        using var again = await (await CompletionReader.AskAsync(anna, "tokens=60 rate=50", key, Now)).ReadAsync(cancellation: Now);

        Assert.Equal(broken.AnswerId, again.AnswerId);
        Assert.Equal(Numbers(60), again.Text);
        Assert.Equal(60, Assert.Single(await bed.UsageOfAsync(again.AnswerId)).CompletionTokens);
    }

    [Fact]
    public async Task The_same_key_again_gives_the_stored_answer_and_another_request_under_it_a_conflict()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var ben = bed.Chat.ClientFor("hamburg", "ben");
        var key = Guid.NewGuid().ToString();

        using var first = await (await CompletionReader.AskAsync(anna, "tokens=10 rate=0", key, Now)).ReadAsync(cancellation: Now);
        using var second = await (await CompletionReader.AskAsync(anna, "tokens=10 rate=0", key, Now)).ReadAsync(cancellation: Now);
        using var other = await CompletionReader.AskAsync(anna, "tokens=11 rate=0", key, Now);
        using var somebodyElse = await (await CompletionReader.AskAsync(ben, "tokens=10 rate=0", key, Now)).ReadAsync(cancellation: Now);

        Assert.Equal((first.AnswerId, first.Text), (second.AnswerId, second.Text));
        Assert.NotEqual(first.AnswerId, somebodyElse.AnswerId);
        Assert.Equal(HttpStatusCode.Conflict, other.Response.StatusCode);
        Assert.Single(await bed.UsageOfAsync(first.AnswerId));
    }

    [Fact]
    public async Task Somebody_elses_answer_conversation_and_stop_button_are_not_there()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var reader = await (await CompletionReader.AskAsync(anna, "tokens=10 rate=0", cancellation: Now)).ReadAsync(cancellation: Now);

        foreach (var (tenant, user) in new[] { ("hamburg", "ben"), ("bremen", "anna") })
        {
            using var other = bed.Chat.ClientFor(tenant, user);
            foreach (var path in new[] { $"answers/{reader.AnswerId}", $"conversations/{reader.ConversationId}", $"conversations/{reader.ConversationId}/messages" })
                Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/api/chat/" + path, Now)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"/api/chat/answers/{reader.AnswerId}/stop", null, Now)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/api/chat/conversations/{reader.ConversationId}", Now)).StatusCode);
            using var into = await CompletionReader.AskAsync(other, new
            {
                model = "replay",
                conversation_id = reader.ConversationId,
                messages = new[] { new { role = "user", content = "replay tokens=1" } },
            }, cancellation: Now);
            Assert.Equal(HttpStatusCode.NotFound, into.Response.StatusCode);
        }
    }
}
