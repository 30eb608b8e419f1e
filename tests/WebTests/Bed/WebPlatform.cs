using System.Text.Json.Nodes;
using LLMoin.PlatformBed;
using LLMoin.WebTests.Bed;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(WebPlatform))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace LLMoin.WebTests.Bed;

/// <summary>One whole platform with a replay worker beside its own, and one Chromium, for all tests.</summary>
public sealed class WebPlatform : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Dictionary<string, string> _sessions = [];

    public PlatformRun Run { get; private set; } = null!;

    /// <summary>Where every test leaves a picture of what it saw last.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        var chromium = Chromium();
        Run = await PlatformRun.StartAsync(
            [("Chat__UnreadFor", "00:00:30"), ("Limits__UserRequestsPerMinute", "3000"), ("Limits__AddressRequestsPerMinute", "6000"), ("Billing__Closing__AfterDays", "0"), .. Bills.Seller]);
        await Run.StartWorkerAsync("replay", slots: 8);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium });
        using var anna = await Run.SignInAsync("anna@hamburg.example");
        for (var attempt = 0; !(await anna.GetStringAsync("/v1/models")).Contains("\"replay\"", StringComparison.Ordinal); attempt++)
        {
            if (attempt > 300)
                throw new TimeoutException("The replay worker has not announced its model.");
            await Task.Delay(100);
        }
    }

    /// <summary>A window of somebody who is signed in.</summary>
    public async Task<StaffPage> OpenAsync(string user = "anna@hamburg.example", string path = "/chat", Look? look = null)
    {
        if (!_sessions.TryGetValue(user, out var session))
        {
            await using var first = await OpenAnonymousAsync();
            await first.SignInAsync(user);
            // The session alone: language and looks are each window's own.
            var state = JsonNode.Parse(await first.Page.Context.StorageStateAsync())!;
            state["origins"] = new JsonArray();
            _sessions[user] = session = state.ToJsonString();
        }
        var page = await OpenAnonymousAsync(look, session);
        await page.GoAsync(path);
        return page;
    }

    /// <summary>A window of nobody; the tour is shown only at a first visit.</summary>
    public async Task<StaffPage> OpenAnonymousAsync(Look? look = null, string? session = null, bool isFirstVisit = false)
    {
        var shown = look ?? new Look();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Run.Gateway.ToString(),
            Locale = shown.Language == "de" ? "de-DE" : "en-GB",
            ColorScheme = shown.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = shown.Width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = session,
        });
        if (!isFirstVisit)
            await context.AddInitScriptAsync("localStorage.setItem('llmoin.tour', 'seen')");
        return await StaffPage.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Run is not null)
            await Run.DisposeAsync();
    }

    /// <summary>The one named by <c>LLMOIN_CHROMIUM</c>, or the distribution's; rather that without windows, which takes a quarter less of the processor.</summary>
    private static string Chromium()
        => new[] { Environment.GetEnvironmentVariable("LLMOIN_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need Chromium. ./test installs it where it may; else: sudo apt-get install chromium-headless-shell, or LLMOIN_CHROMIUM=/path/to/chromium.");
}

/// <summary>How a page is looked at.</summary>
public sealed record Look(string Language = "de", bool Dark = false, int Width = 1280);
