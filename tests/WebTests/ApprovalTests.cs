using System.Text.RegularExpressions;
using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

public sealed partial class ApprovalTests(WebPlatform platform)
{
    [Fact]
    public async Task A_prompt_is_written_by_one_person_approved_by_a_second_and_then_used()
    {
        await using var emil = await platform.OpenAsync("emil@musterdorf.example", "/library/new");
        await emil.Page.GetByLabel("Titel", new() { Exact = true }).FillAsync("Bürgerbrief zur Straßensperrung");
        await emil.Page.GetByLabel("Text des Prompts").FillAsync("Schreibe einen Brief an die Anwohner der {{ strasse }} zur Sperrung.");
        await emil.Button("Anlegen").ClickAsync();
        await emil.AssertAccessibleAsync();
        await emil.Button("Speichern").ClickAsync();
        await emil.Page.WaitForURLAsync(Prompt());
        await emil.Button("Zur Freigabe einreichen").ClickAsync();
        await emil.AssertAccessibleAsync();
        await emil.DialogButton("Zur Freigabe einreichen").ClickAsync();
        await emil.Button("Einreichung zurückziehen").WaitForAsync();

        await using var fina = await platform.OpenAsync("fina@musterdorf.example", "/library/reviews");
        await fina.Link("Bürgerbrief zur Straßensperrung").ClickAsync();
        await fina.Button("Freigeben").WaitForAsync();
        await fina.AssertAccessibleAsync();
        await fina.Button("Freigeben").ClickAsync();
        await fina.Page.GetByText("Freigegeben von").WaitForAsync();

        // Everybody in the administration finds it now.
        await fina.GoAsync("/library?search=Straßensperrung");
        await fina.Link("Bürgerbrief zur Straßensperrung").First.ClickAsync();
        await fina.Page.Locator("form.form input").First.FillAsync("Lindenallee");
        await fina.AssertAccessibleAsync();
        await fina.Page.Locator("form.form button[type=submit]").ClickAsync();
        await fina.Button("Im Chat fragen").ClickAsync();
        await fina.Page.WaitForURLAsync(Chat());
        Assert.Contains("Lindenallee", await fina.Page.Locator(".composer textarea").InputValueAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("/chat$")]
    private static partial Regex Chat();

    [GeneratedRegex("/library/[0-9a-f-]{36}$")]
    private static partial Regex Prompt();
}
