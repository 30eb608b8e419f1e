using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>From the end of a month to the invoice on the administration's desk.</summary>
public sealed class BillingTests(WebPlatform platform)
{
    [Fact]
    public async Task A_month_is_closed_invoices_are_issued_and_the_administration_takes_its_invoice_along()
    {
        await Bills.ContractAsync(platform.Run, "hamburg");
        await using var olga = await platform.OpenAsync("olga@betrieb.example", "/operations/closings");
        await olga.Button("Monat abschließen").ClickAsync();
        await olga.AssertAccessibleAsync();
        await olga.DialogButton("Monat abschließen").ClickAsync();
        // Who leaves the page before it has answered takes the request back.
        await olga.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // Closed by itself when the platform started, before anybody had a contract, the month may stand there as done already.
        var statement = olga.Page.Locator("tbody tr", new() { HasText = "hamburg" });
        for (var attempt = 0; attempt < 30 && await statement.CountAsync() == 0; attempt++)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            await olga.GoAsync("/operations/statements");
        }
        // On the first days of a month the one before the last is closed with it.
        await statement.First.WaitForAsync();

        await olga.GoAsync("/operations/invoices/issue");
        await olga.Button("Rechnungen ausstellen").ClickAsync();
        await olga.DialogButton("Rechnungen ausstellen").ClickAsync();
        await olga.Page.GetByText("Ausgestellt: 1").WaitForAsync();
        await olga.AssertAccessibleAsync();

        await using var ben = await platform.OpenAsync("ben@hamburg.example", "/usage/invoices");
        await ben.Page.Locator("tbody a").First.ClickAsync();
        await ben.Page.GetByText(Bills.LeitwegId).WaitForAsync();
        await ben.AssertAccessibleAsync();
        Assert.Contains("59,50", await ben.Page.Locator("#content").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains($"<cbc:BuyerReference>{Bills.LeitwegId}</cbc:BuyerReference>", await DownloadAsync(ben, "XRechnung (XML)"), StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", await DownloadAsync(ben, "PDF"), StringComparison.Ordinal);
    }

    private static async Task<string> DownloadAsync(StaffPage page, string link)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Link(link).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
