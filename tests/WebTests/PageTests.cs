using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>Every page, in both languages, light and dark, wide and narrow.</summary>
public sealed class PageTests(WebPlatform platform)
{
    private static readonly string[] Pages = ["/chat", "/functions", "/functions?function=draft", "/library", "/sources", "/usage", "/help", "/accessibility", "/nowhere"];

    [Theory]
    [InlineData("de", false, 1280)]
    [InlineData("en", true, 1280)]
    [InlineData("de", true, 400)]
    public async Task Every_page_is_accessible(string language, bool dark, int width)
    {
        await using var hanna = await platform.OpenAsync("hanna@hamburg.example", look: new Look(language, dark, width));
        foreach (var path in Pages.Where(path => path != "/nowhere"))
        {
            await hanna.GoAsync(path);
            Assert.Equal(language, await hanna.Page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(dark ? "dark" : "light", await hanna.Page.Locator("html").GetAttributeAsync("data-kern-theme"));
            await hanna.AssertAccessibleAsync();
            await hanna.AssertNoSidewaysScrollingAsync();
            await hanna.PictureAsync($"page{path.Split('?')[0].Replace('/', '-')}-{language}{(dark ? "-dark" : "")}-{width}");
        }
    }

    [Fact]
    public async Task In_English_chat_stop_and_sign_in_read_English()
    {
        await using var dirk = await platform.OpenAnonymousAsync(new Look("en"));
        await dirk.SignInAsync("dirk@bremen.example", english: true);
        await dirk.AskAsync("replay tokens=500 rate=30", "replay");
        await dirk.WrittenAsync("5 ");
        await dirk.Page.GetByText("Writing").First.WaitForAsync();
        await dirk.Button("Stop").ClickAsync();
        await dirk.StateAsync("stopped");
        await dirk.Button("Deutsch").ClickAsync();
        await dirk.Button("Senden").WaitForAsync();
    }
}
