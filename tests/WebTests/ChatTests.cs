using System.Globalization;
using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>Chatting as staff do: with a document, with sources, with stop, over reloads and lost networks.</summary>
public sealed class ChatTests(WebPlatform platform)
{
    private const string Document = "dienstanweisung-homeoffice.md";

    [Fact]
    public async Task An_answer_on_an_uploaded_document_leads_to_the_highlighted_passage()
    {
        await using var anna = await platform.OpenAsync();
        await anna.Page.Locator(".composer input[type=file]").SetInputFilesAsync(Path.Combine(AppContext.BaseDirectory, "samples", Document));
        await anna.Page.Locator(".attachments li").WaitForAsync();
        await anna.AskAsync("Bis wann muss ich den Homeoffice-Antrag stellen?", "extractive");
        var citation = anna.Answer.Locator("button.citation").First;
        await citation.WaitForAsync();
        await anna.StateAsync("done");
        await anna.SettleAsync();
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("chat-with-sources");
        var statement = await citation.Locator("xpath=ancestor::*[self::p or self::li][1]").InnerTextAsync();
        var quoted = statement[(statement.IndexOf('„', StringComparison.Ordinal) + 1)..statement.IndexOf('“', StringComparison.Ordinal)];

        await citation.ClickAsync();

        var passage = anna.Page.Locator("mark").First;
        await passage.WaitForAsync();
        Assert.Matches("/sources/documents/.*start=", anna.Page.Url);
        for (var look = 0; look < 600 && !await InViewAsync(passage); look++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(await InViewAsync(passage), "The passage is not in view.");
        Assert.Contains(quoted, string.Concat(await anna.Page.Locator("mark").AllInnerTextsAsync()));
        await anna.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Stop_ends_the_answer_and_keeps_what_is_written()
    {
        await using var anna = await platform.OpenAsync();
        await anna.AskAsync("replay tokens=3000 rate=30", "replay");
        await anna.WrittenAsync("20 ");
        Assert.Equal("true", await anna.Answer.GetAttributeAsync("aria-busy"));
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("chat-streaming");

        await anna.Button("Anhalten").ClickAsync();

        await anna.StateAsync("stopped");
        await anna.Button("Senden").WaitForAsync();
        await anna.Page.ReloadAsync();
        await anna.StateAsync("stopped");
        await anna.WrittenAsync("0 1 2 3 4 5");
    }

    [Fact]
    public async Task After_a_reload_in_mid_answer_it_goes_on_where_it_was()
    {
        await using var anna = await platform.OpenAsync();
        await anna.AskAsync("replay tokens=3000 rate=20", "replay");
        await anna.WrittenAsync("20 ");

        await anna.Page.ReloadAsync();

        await anna.StateAsync("resumed");
        await anna.PictureAsync("chat-resumed");
        await AssertGoesOnAsync(anna);
        Assert.Equal(1, await anna.Page.Locator(".message--question").CountAsync());
    }

    [Fact]
    public async Task A_lost_network_shows_and_the_answer_goes_on_when_it_is_back()
    {
        await using var anna = await platform.OpenAsync();
        await anna.AskAsync("replay tokens=3000 rate=20", "replay");
        await anna.WrittenAsync("20 ");

        await anna.Page.Context.SetOfflineAsync(true);
        await anna.StateAsync("reconnecting");
        await anna.Page.Locator(".banner").WaitForAsync();
        await anna.PictureAsync("chat-offline");
        await anna.Page.Context.SetOfflineAsync(false);

        await anna.StateAsync("resumed");
        await AssertGoesOnAsync(anna);
        Assert.Equal(0, await anna.Page.Locator(".banner").CountAsync());
    }

    /// <summary>More comes, and nothing is missing or there twice.</summary>
    private static async Task AssertGoesOnAsync(StaffPage page)
    {
        var words = await WordsAsync();
        await page.WrittenAsync($"{words.Length + 10} ");
        await page.Button("Anhalten").ClickAsync();
        await page.StateAsync("stopped");
        words = await WordsAsync();
        Assert.Equal(Enumerable.Range(0, words.Length).Select(n => n.ToString(CultureInfo.InvariantCulture)), words);

        async Task<string[]> WordsAsync() => (await page.Answer.Locator(".markdown").InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task A_failure_is_said_and_a_conversation_is_deleted_only_when_confirmed()
    {
        await using var anna = await platform.OpenAsync("emil@musterdorf.example");
        await anna.AskAsync("replay tokens=20 fail-after=5", "replay");
        await anna.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await anna.SettleAsync();
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("chat-error");

        await anna.Page.Locator(".conversation summary").First.ClickAsync();
        await anna.Button("Löschen").First.ClickAsync();
        await anna.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("dialog");
        await anna.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(1, await anna.Page.Locator(".conversation").CountAsync());
    }

    private static Task<bool> InViewAsync(ILocator passage)
        => passage.EvaluateAsync<bool>("mark => { const box = mark.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight }");
}
