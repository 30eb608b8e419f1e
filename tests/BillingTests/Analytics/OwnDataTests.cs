using System.Net;
using System.Text;
using LLMoin.BillingTests.Statements;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Analytics;

public sealed class OwnDataTests(Servers servers)
{
    [Fact]
    public async Task One_gets_all_that_is_kept_about_oneself_and_nothing_about_others()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        using var anna = bed.Client("anna", "user");
        using var nobody = bed.Client("nora", "user");
        await bed.AppendAsync([
            .. Enumerable.Range(0, 300).Select(n => bed.Use("anna", AnalyticsBed.FirstOf(3).AddDays(n % 60), tokens: n)),
            bed.Use("berta", AnalyticsBed.FirstOf(2), "geheim")]);

        var data = await ClosingBed.UntilAsync(
            () => anna.GetAsync("/api/billing/own-data"), data => data["days"]!.AsArray().Count == 60 && data["analytics"]!.AsArray().Count == 60);
        Assert.Equal(("anna", 300, 60), ((string?)data["userId"], data["entries"]!.AsArray().Count, data["analytics"]!.AsArray().Count));
        Assert.Equal(Enumerable.Range(0, 300).Sum(), data["entries"]!.AsArray().Sum(entry => (int)entry!["promptTokens"]!));
        Assert.DoesNotContain("geheim", data.ToJsonString(), StringComparison.Ordinal);

        using var response = await anna.GetAsync("/api/billing/own-data?format=csv");
        var lines = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()).TrimStart('﻿').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("text/csv", 301), (response.Content.Headers.ContentType!.MediaType, lines.Length));
        Assert.StartsWith("seq;month;usageId;", lines[0], StringComparison.Ordinal);
        Assert.Empty((await nobody.GetAsync("/api/billing/own-data").OkAsync())["entries"]!.AsArray());
        await anna.GetAsync("/api/billing/own-data?format=csv&part=alles").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "part");
    }
}
