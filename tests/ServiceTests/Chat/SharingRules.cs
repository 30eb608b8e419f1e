using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat;

/// <summary>How workers are shared between tenants and share work among themselves, with real processes.</summary>
public sealed class SharingRules(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static string Numbers(int count) => string.Concat(Enumerable.Range(0, count).Select(n => $"{n} "));

    [Fact]
    public async Task A_second_tenant_starts_at_once_and_the_answer_that_yields_goes_on_without_a_seam()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 2);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var ben = bed.Chat.ClientFor("bremen", "ben");
        using var older = await CompletionReader.AskAsync(anna, "tokens=300 rate=50 reasoning=20", cancellation: Now);
        await older.ReadAsync(read => read.Text.Contains("5 "), Now);
        using var newer = await CompletionReader.AskAsync(anna, "tokens=300 rate=50 reasoning=20", cancellation: Now);
        await newer.ReadAsync(read => read.Text.Contains("5 "), Now);

        // Were he to wait for one of hers, it would be past his deadline of five seconds.
        using var his = await (await CompletionReader.AskAsync(ben, "tokens=60 rate=50", cancellation: Now)).ReadAsync(cancellation: Now);
        await Task.WhenAll(older.ReadAsync(cancellation: Now), newer.ReadAsync(cancellation: Now));

        Assert.Equal(Numbers(60), his.Text);
        Assert.DoesNotContain(older.Comments, comment => comment.StartsWith("queue-position", StringComparison.Ordinal));
        Assert.Contains(newer.Comments, comment => comment.StartsWith("queue-position", StringComparison.Ordinal));
        foreach (var hers in new[] { older, newer })
        {
            Assert.Equal(Numbers(300), hers.Text);
            Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(n => $"r{n} ")), hers.Reasoning);
            var usage = Assert.Single(await bed.UsageOfAsync(hers.AnswerId));
            Assert.Equal((4, 320), (usage.PromptTokens, usage.CompletionTokens));
        }
    }

    [Fact]
    public async Task What_waits_at_a_full_worker_starts_at_one_that_has_room()
    {
        await using var chat = await bed.StartChatAsync(("Chat__QueueDeadline", "00:01:00"));
        await using var first = await bed.StartWorkerAsync(slots: 2);
        using var anna = chat.ClientFor("hamburg", "anna");
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(chat)).Contains("replay"), "the new instance knows the model");
        var readers = new List<CompletionReader>();
        for (var i = 0; i < 6; i++)
            readers.Add(await CompletionReader.AskAsync(anna, "tokens=6000 rate=50", cancellation: Now));
        await readers[^1].ReadAsync(read => read.Comments.Contains("queue-position 4"), Now);

        await using var second = await bed.StartWorkerAsync(slots: 4);

        // The first two hold their slots for two minutes.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Now);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        foreach (var reader in readers)
            await reader.ReadAsync(read => read.Text.Length > 0, limit.Token);
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task A_reader_in_line_hears_about_how_long_it_will_take()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 1);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var measured = await (await CompletionReader.AskAsync(anna, "tokens=75 rate=50", cancellation: Now)).ReadAsync(cancellation: Now);
        using var first = await CompletionReader.AskAsync(anna, "tokens=75 rate=50", cancellation: Now);
        await first.ReadAsync(read => read.Text.Length > 0, Now);

        using var second = await (await CompletionReader.AskAsync(anna, "tokens=1", cancellation: Now)).ReadAsync(cancellation: Now);

        Assert.Contains("queue-position 1, about 2 s", second.Comments);
    }
}
