using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>The rest of a working day: a summary, what was used.</summary>
public sealed class FunctionTests(WebPlatform platform)
{
    [Fact]
    public async Task A_text_is_summarised_with_live_progress_and_can_be_taken_along()
    {
        await using var anna = await platform.OpenAsync(path: "/functions");
        await anna.Page.Locator("form textarea").FillAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "leitfaden-beschaffung.md")));
        await anna.Page.Locator("form select").Last.SelectOptionAsync("extractive");
        await anna.Button("Starten").ClickAsync();

        await anna.Page.GetByText("Noch nicht geprüft").WaitForAsync();

        Assert.NotEmpty((await anna.Page.Locator(".markdown").InnerTextAsync()).Trim());
        await anna.AssertAccessibleAsync();
        var download = await anna.Page.RunAndWaitForDownloadAsync(() => anna.Page.GetByRole(AriaRole.Link, new() { Name = "PDF" }).ClickAsync());
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_stands_under_usage()
    {
        await using var emil = await platform.OpenAsync("clara@bremen.example");
        await emil.AskAsync("replay tokens=17 rate=0", "replay");
        await emil.StateAsync("done");

        // Booked a moment after the answer, and shown when the page is opened.
        var row = emil.Page.Locator("#content tr").Filter(new() { HasText = "replay" });
        for (var attempt = 0; attempt < 60 && await row.CountAsync() == 0; attempt++)
        {
            await emil.GoAsync("/usage");
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
        }
        await row.First.WaitForAsync();
        await emil.AssertAccessibleAsync();
    }
}
