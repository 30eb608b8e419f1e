using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using static LLMoin.ServiceTests.Chat.CompletionReader;

namespace LLMoin.ServiceTests.Chat;

/// <summary>How workers are shared between tenants and share work among themselves, with real processes.</summary>
public sealed partial class SharingRules(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_tenant_starts_at_once_and_the_answer_that_yields_goes_on_without_a_seam()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 2);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var ben = bed.Chat.ClientFor("bremen", "ben");
        using var older = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50 reasoning=20", cancellation: Now);
        await older.ReadAsync(read => read.Text.Contains("5 "), Now);
        using var newer = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50 reasoning=20", cancellation: Now);
        await newer.ReadAsync(read => read.Text.Contains("5 "), Now);

        // Were he to wait for one of hers, which take a hundred seconds, it would be past his deadline of a minute.
        using var his = await CompletionReader.AskAsync(ben, "tokens=5000 rate=50", cancellation: Now);
        await his.ReadAsync(read => read.Text.Contains("5 "), Now);
        await newer.ReadAsync(read => read.Comments.Exists(IsPlace), Now);
        var aside = newer.Text.Length;
        await his.StopAsync(ben, Now);
        await newer.ReadAsync(read => read.Text.Length > aside, Now);
        await Task.WhenAll(older.StopAsync(anna, Now), newer.StopAsync(anna, Now));

        Assert.DoesNotContain(older.Comments, comment => IsPlace(comment));
        Assert.Equal(Numbers(Assert.Single(await bed.UsageOfAsync(his.AnswerId)).CompletionTokens), his.Text);
        foreach (var hers in new[] { older, newer })
        {
            var usage = Assert.Single(await bed.UsageOfAsync(hers.AnswerId));
            Assert.Equal(4, usage.PromptTokens);
            Assert.Equal(Numbers(usage.CompletionTokens - 20), hers.Text);
            Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(n => $"r{n} ")), hers.Reasoning);
        }

        static bool IsPlace(string comment) => comment.StartsWith("queue-position", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_at_a_full_worker_starts_at_one_that_has_room()
    {
        await using var first = await bed.StartWorkerAsync(slots: 2);
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var readers = new List<CompletionReader>();
        for (var i = 0; i < 6; i++)
            readers.Add(await CompletionReader.AskAsync(anna, "tokens=6000 rate=50", cancellation: Now));
        await readers[^1].ReadAsync(read => read.WasAt(4), Now);

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
        var clock = Stopwatch.StartNew();
        using var measured = await (await CompletionReader.AskAsync(anna, "tokens=75 rate=50", cancellation: Now)).ReadAsync(cancellation: Now);
        var most = (int)Math.Ceiling(clock.Elapsed.TotalSeconds);
        using var first = await CompletionReader.AskAsync(anna, "tokens=5000 rate=50", cancellation: Now);
        await first.ReadAsync(read => read.Text.Length > 0, Now);

        using var second = await CompletionReader.AskAsync(anna, "tokens=1", cancellation: Now);
        await second.ReadAsync(read => read.Comments.Exists(comment => Said().IsMatch(comment)), Now);

        Assert.InRange(int.Parse(Said().Match(second.Comments[^1]).Groups[1].Value, CultureInfo.InvariantCulture), 2, most);
    }

    [GeneratedRegex("^queue-position 1, about ([0-9]+) s$")]
    private static partial Regex Said();
}
