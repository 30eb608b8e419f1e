using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;

namespace LLMoin.WebTests.Bed;

/// <summary>
/// A window as a member of staff has it. At its end it must not have broken the content security policy, nor thrown, and it leaves its picture.
/// </summary>
public sealed class StaffPage : IAsyncDisposable
{
    /// <summary>In the page itself: the package's own way opens a second one for each run. A line for each violation, with up to four of its places.</summary>
    private const string Violations =
        """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })).violations
          .map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.slice(0, 4).map(node => `${node.html} ${node.any.map(check => check.message).join('; ')}`)].join('\n  '))
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private StaffPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                _faults.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public static async Task<StaffPage> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        return new StaffPage(context, page);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The button by which the open dialog does what it is for.</summary>
    public ILocator DialogButton(string name) => Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    /// <summary>The newest answer.</summary>
    public ILocator Answer => Page.Locator(".message--answer").Last;

    /// <summary>Goes there and waits until the page has settled.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("#content h1").First.WaitForAsync();
        await SettleAsync();
    }

    /// <summary>Nothing is being loaded any more.</summary>
    public Task SettleAsync() => Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

    /// <summary>As a person does: from the start page over the provider's form back to the page.</summary>
    public async Task SignInAsync(string user, bool english = false)
    {
        await Page.GotoAsync("/");
        await Button(english ? "Sign in" : "Anmelden").ClickAsync();
        await Page.Locator("#userName").FillAsync(user);
        await Page.Locator("#password").FillAsync("llmoin-demo");
        await Page.Locator("#password").PressAsync("Enter");
        await Page.Locator("header.head").WaitForAsync();
    }

    /// <summary>Asks in the chat.</summary>
    /// <param name="question">For the model <c>replay</c> its script.</param>
    /// <param name="model">The model's id.</param>
    public async Task AskAsync(string question, string model)
    {
        await Page.Locator($".composer select option[value='{model}']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Page.Locator(".composer select").First.SelectOptionAsync(model);
        await Page.Locator(".composer textarea").FillAsync(question);
        await Page.Locator(".composer button[type=submit]").ClickAsync();
    }

    /// <summary>Waits until the newest answer is in this state.</summary>
    public Task StateAsync(string state) => Answer.Locator($"[data-state={state}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Waits until the newest answer holds this text.</summary>
    public Task WrittenAsync(string text) => Answer.Filter(new() { HasText = text }).WaitForAsync();

    /// <summary>No violation of WCAG 2.2 AA that a machine can find.</summary>
    public async Task AssertAccessibleAsync([CallerMemberName] string where = "")
    {
        await Page.EvaluateAsync(Axe);
        var violations = await Page.EvaluateAsync<string[]>(Violations);
        Assert.True(violations.Length == 0, where + " " + Page.Url + "\n" + string.Join('\n', violations));
    }

    /// <summary>Nothing sticks out to the right.</summary>
    public async Task AssertNoSidewaysScrollingAsync()
    {
        var over = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{Page.Url} is {over} px wider than its window.");
    }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(WebPlatform.Screenshots, name + ".png") });

    public async ValueTask DisposeAsync()
    {
        // Named by the test, so that a failed one shows what it last saw.
        if (TestContext.Current.Test is { } test && !Page.IsClosed)
            await PictureAsync(string.Concat(test.TestDisplayName.Split('.')[^1].Select(sign => char.IsLetterOrDigit(sign) ? sign : '_')));
        await _context.DisposeAsync();
        if (TestContext.Current.TestState is not { Result: TestResult.Failed })
            Assert.Empty(_faults);
    }
}
