using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>Every page, as those see it who may open it: in both languages, light and dark, wide and narrow.</summary>
public sealed class PageTests(WebPlatform platform)
{
    private static readonly Dictionary<string, string[]> Pages = new()
    {
        ["anna@hamburg.example"] = ["/chat", "/functions", "/library", "/sources", "/usage/mine", "/help"],
        ["hanna@hamburg.example"] =
        [
            "/chat", "/functions", "/functions?function=draft", "/library", "/library/new", "/library/reviews", "/library/packages", "/sources", "/sources/connections",
            "/usage/mine", "/profile", "/help", "/accessibility", "/imprint", "/privacy", "/admin/users",
        ],
        ["dirk@bremen.example"] =
        [
            "/usage/budgets", "/usage/statements", "/usage/invoices", "/usage/contract", "/usage/analytics",
            "/admin/users", "/admin/keys", "/admin/clients", "/admin/assistants", "/admin/settings",
        ],
        ["olga@betrieb.example"] =
        [
            "/operations/services", "/operations/workers", "/operations/tenants", "/operations/tariffs", "/operations/budgets", "/operations/closings",
            "/operations/statements", "/operations/accounts", "/operations/invoices", "/operations/invoices/issue",
        ],
    };

    [Theory]
    [InlineData("hanna@hamburg.example", "de", false, 1280)]
    [InlineData("anna@hamburg.example", "en", true, 400)]
    [InlineData("dirk@bremen.example", "de", false, 1280)]
    [InlineData("olga@betrieb.example", "en", true, 400)]
    public async Task Every_page_is_accessible(string who, string language, bool dark, int width)
    {
        await using var page = await platform.OpenAsync(who, Pages[who][0], new Look(language, dark, width));
        foreach (var path in Pages[who])
        {
            await page.GoAsync(path);
            Assert.Equal(language, await page.Page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(dark ? "dark" : "light", await page.Page.Locator("html").GetAttributeAsync("data-kern-theme"));
            await page.AssertAccessibleAsync();
            await page.AssertNoSidewaysScrollingAsync();
            await page.PictureAsync($"page{path.Split('?')[0].Replace('/', '-')}-{language}{(dark ? "-dark" : "")}-{width}");
        }
    }

    [Fact]
    public async Task What_is_not_accessible_is_noticed()
    {
        await using var anna = await platform.OpenAsync("anna@hamburg.example", "/help");
        await anna.Page.EvaluateAsync("document.getElementById('content').append(document.createElement('img'))");
        var found = await Assert.ThrowsAnyAsync<Exception>(() => anna.AssertAccessibleAsync());
        Assert.Contains("image-alt", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tour_greets_at_the_first_visit_only()
    {
        await using var emil = await platform.OpenAnonymousAsync(isFirstVisit: true);
        await emil.SignInAsync("emil@musterdorf.example");
        await emil.Button("Überspringen").WaitForAsync();
        await emil.AssertAccessibleAsync();
        await emil.Button("Überspringen").ClickAsync();
        await emil.GoAsync("/functions");
        Assert.Equal(0, await emil.Button("Überspringen").CountAsync());
    }

    [Fact]
    public async Task In_English_chat_stop_and_sign_in_read_English()
    {
        await using var dirk = await platform.OpenAnonymousAsync(new Look("en"));
        await dirk.SignInAsync("dirk@bremen.example", english: true);
        await dirk.AskAsync("replay tokens=5000 rate=30", "replay");
        await dirk.WrittenAsync("5 ");
        await dirk.Page.GetByText("Writing").First.WaitForAsync();
        await dirk.Button("Stop").ClickAsync();
        await dirk.StateAsync("stopped");
        await dirk.Button("Deutsch").ClickAsync();
        await dirk.Button("Senden").WaitForAsync();
    }
}
