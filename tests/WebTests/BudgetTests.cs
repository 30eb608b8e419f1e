using System.Globalization;
using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>
/// What the page may cost. The exact figures are printed; the limits that fail a test are hard for bytes, which do not vary, and generous for
/// times, which do.
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
        Assert.InRange(usable, 1, 8_000);
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
        await anna.AskAsync("replay tokens=10000 rate=700 paragraph=60", "replay");
        await anna.StateAsync("writing");
        await anna.Page.EvaluateAsync("() => { window.frames_.length = 0; window.longTasks.length = 0; }");
        await anna.Page.WaitForFunctionAsync("() => document.querySelector('.message--answer:last-of-type .markdown')?.textContent.includes('9900 ')",
            options: new() { Timeout = 60_000, PollingInterval = 250 });

        var frames = await anna.Page.EvaluateAsync<double[]>("() => { cancelAnimationFrame(window.ticking); return window.frames_; }");
        var tasks = await anna.Page.EvaluateAsync<double[]>("window.longTasks");
        var sorted = frames.Order().ToArray();
        double At(double share) => sorted[(int)((sorted.Length - 1) * share)];
        // The end of the answer takes as long to draw as its beginning did.
        var third = frames.Length / 3;
        var (early, late) = (Median(frames[..third]), Median(frames[^third..]));
        Say($"10,000 tokens: {1000 / (frames.Sum() / frames.Length):0.0} frames/s; between frames median {At(.5):0.0}, 95th {At(.95):0.0}, 99th {At(.99):0.0}, longest {At(1):0.0} ms; median of first third {early:0.0}, of last {late:0.0} ms; {tasks.Length} long tasks, longest {tasks.DefaultIfEmpty().Max():0} ms");
        Assert.InRange(At(.95), 1, 150);
        Assert.InRange(late, 1, Math.Max(34, early * 2));
        await anna.StateAsync("done");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(FormattableString text)
    {
        var line = text.ToString(CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        File.AppendAllLines(Path.Combine(WebPlatform.Screenshots, "figures.txt"), [line]);
    }

    private sealed class LoadedFile
    {
        public string Name { get; set; } = "";

        public int Bytes { get; set; }
    }
}
