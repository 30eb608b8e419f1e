using System.Globalization;
using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>
/// What the page may cost. All figures are printed; those fail a test that do not hang on how busy the machine is: bytes, and how what is
/// computed grows.
/// </summary>
public sealed class BudgetTests(WebPlatform platform)
{
    private const int FirstLoadBytes = 200_000;

    [Fact]
    public async Task The_first_load_is_small_soon_usable_and_under_a_strict_policy()
    {
        await using var anna = await platform.OpenAsync();
        var policy = "";
        anna.Page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "document")
                policy = response.Headers["content-security-policy"];
        };
        await anna.Page.AddInitScriptAsync("""
            new MutationObserver((_, observer) => {
              if (!document.querySelector('.composer textarea')) return;
              window.usableAt = performance.now();
              observer.disconnect();
            }).observe(document, { childList: true, subtree: true });
            """);

        // The session is kept; what was loaded before is not.
        var session = await anna.Page.Context.NewCDPSessionAsync(anna.Page);
        await session.SendAsync("Network.clearBrowserCache");
        await anna.GoAsync("/chat");

        var files = await anna.Page.EvaluateAsync<LoadedFile[]>("""
            performance.getEntriesByType('resource').filter(entry => /\.(js|css)$/.test(entry.name))
              .map(entry => ({ name: new URL(entry.name).pathname, bytes: entry.encodedBodySize }))
            """);
        var usable = await anna.Page.EvaluateAsync<double>("window.usableAt");
        Say($"first load: {files.Sum(file => file.Bytes)} bytes of JS and CSS in {files.Length} files: {string.Join(", ", files.Select(file => $"{file.Name} {file.Bytes}"))}");
        Say($"usable after {usable:0} ms");
        Assert.InRange(files.Sum(file => file.Bytes), 1, FirstLoadBytes);
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task Ten_thousand_tokens_stream_without_holding_the_page_up()
    {
        await using var anna = await platform.OpenAsync();
        await anna.Page.EvaluateAsync("""
            () => {
              window.frames_ = [];
              window.longTasks = [];
              let last = performance.now();
              const tick = now => { window.frames_.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); };
              requestAnimationFrame(tick);
              new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' });
            }
            """);
        var session = await anna.Page.Context.NewCDPSessionAsync(anna.Page);
        // What the page's thread computes, whoever else has the processor meanwhile.
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await anna.AskAsync("replay tokens=10000 rate=700 paragraph=60", "replay");
        await anna.StateAsync("writing");
        await anna.Page.EvaluateAsync("() => { window.frames_.length = 0; window.longTasks.length = 0; }");
        List<Mark> marks = [];
        foreach (var token in new[] { "300 ", "3500 ", "6700 ", "9900 " })
        {
            await anna.Page.WaitForFunctionAsync("token => document.querySelector('.message--answer:last-of-type .markdown')?.textContent.includes(token)", token,
                new() { PollingInterval = 100 });
            marks.Add(await MarkAsync(session, anna.Page));
        }

        var frames = await anna.Page.EvaluateAsync<double[]>("() => { cancelAnimationFrame(window.ticking); return window.frames_; }");
        var tasks = await anna.Page.EvaluateAsync<double[]>("window.longTasks");
        var sorted = frames.Order().ToArray();
        double At(double share) => sorted[(int)((sorted.Length - 1) * share)];
        var (early, late) = (Mark.PerFrame(marks[0], marks[1]), Mark.PerFrame(marks[2], marks[3]));
        Say($"10,000 tokens: {1000 / (frames.Sum() / frames.Length):0.0} frames/s; between frames median {At(.5):0.0}, 95th {At(.95):0.0}, 99th {At(.99):0.0}, longest {At(1):0.0} ms; computed for a frame in the first third {early:0.0}, in the last {late:0.0} ms; {tasks.Length} long tasks, longest {tasks.DefaultIfEmpty().Max():0} ms");
        // The end of an answer takes as much to draw as its beginning did, be it by frame or, where the browser had no time for many, by token.
        Assert.InRange(Math.Min(late / early, Mark.Whole(marks[2], marks[3]) / Mark.Whole(marks[0], marks[1])), 0, 2);
        await anna.StateAsync("done");
    }

    private static async Task<Mark> MarkAsync(ICDPSession session, IPage page)
    {
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return new Mark(1_000 * metrics["TaskDuration"], await page.EvaluateAsync<int>("window.frames_.length"));
    }

    private static void Say(FormattableString text)
    {
        var line = text.ToString(CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        File.AppendAllLines(Path.Combine(WebPlatform.Screenshots, "figures.txt"), [line]);
    }

    /// <param name="Computed">By the page's thread so far, in milliseconds.</param>
    /// <param name="Frames">Drawn so far.</param>
    private readonly record struct Mark(double Computed, int Frames)
    {
        public static double PerFrame(Mark from, Mark until) => Whole(from, until) / Math.Max(1, until.Frames - from.Frames);

        public static double Whole(Mark from, Mark until) => until.Computed - from.Computed;
    }

    private sealed class LoadedFile
    {
        public string Name { get; set; } = "";

        public int Bytes { get; set; }
    }
}
