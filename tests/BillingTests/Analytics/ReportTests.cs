using System.Net;
using System.Text;
using LLMoin.BillingTests.Ledger;
using LLMoin.Contracts.Chat;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Analytics;

/// <summary>The figures that the API shows, with the service, its broker and its database.</summary>
public sealed class ReportTests(Servers servers)
{
    private static readonly DateOnly First = AnalyticsBed.FirstOf(monthsAgo: 2);

    private static readonly string Month = $"from={First:yyyy-MM-dd}&to={First.AddMonths(1).AddDays(-1):yyyy-MM-dd}";

    [Fact]
    public async Task Uses_come_with_times_and_errors_as_a_chart_and_as_csv()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        using var admin = bed.Client("adam", "tenant-admin");
        var people = Enumerable.Range(0, 12).Select(n => $"u{n}").ToList();
        await bed.BookAsync([
            // Nine fast ones and a slow one each, on the third and on the fourth; on the fourth two more with another function, and all meet an error.
            .. from day in new[] { First.AddDays(2), First.AddDays(3) } from one in people from n in Enumerable.Range(0, 10)
               select bed.Use(one, day, milliseconds: n == 9 ? 8000 : 1000),
            .. people[..2].Select(one => bed.Use(one, First.AddDays(3), "translate")),
            .. people.Select(one => bed.Use(one, First.AddDays(3), outcome: "failed")),
            // Steps of longer work: nobody waits for one of them.
            .. people.Select(one => bed.Use(one, First.AddDays(2)) with { DurationMs = null }),
        ]);

        await bed.CloseAsync(First);
        var days = await admin.GetAsync($"/api/billing/analytics/uses?{Month}").OkAsync();
        var chat = days["series"]!.AsArray().Single(series => (string?)series!["name"] == "chat")!;
        Assert.Equal((120, 1.7), ((int)chat["points"]![2]!["uses"]!, (double)chat["points"]![2]!["averageSeconds"]!));
        Assert.InRange((double)chat["points"]![2]!["p50Seconds"]!, 0.955, 1.046);
        // Twelve of 120 were slower, six slower still.
        Assert.InRange((double)chat["points"]![2]!["p90Seconds"]!, 0.955, 1.046);
        Assert.Null(chat["points"]![2]!["p95Seconds"]);
        Assert.Null(chat["points"]![4]!["uses"]);

        var month = await admin.GetAsync($"/api/billing/analytics/uses?{Month}&grouping=month").OkAsync();
        // Two translated; with the last chats they are the rest.
        Assert.Equal(["chat", null], month["series"]!.AsArray().Select(series => (string?)series!["name"]));
        Assert.Equal(120 + 120 + 2 + 12, (int)month["total"]!["points"]![0]!["uses"]!);
        Assert.Equal(Math.Round(12.0 / 254, 4), (double)month["total"]!["overall"]!["errorRate"]!);
        Assert.InRange((double)month["total"]!["overall"]!["p95Seconds"]!, 7.6, 8.4);

        using var csv = await admin.GetAsync($"/api/billing/analytics/uses?{Month}&grouping=month&format=csv");
        var lines = Encoding.UTF8.GetString(await csv.Content.ReadAsByteArrayAsync()).Split("\r\n");
        Assert.StartsWith("﻿from;to;purpose;uses;", lines[0], StringComparison.Ordinal);
        Assert.Contains(";chat;", lines[1], StringComparison.Ordinal);

        using var operations = bed.Client("otto", "operator");
        var all = await operations.GetAsync($"/api/billing/analytics/tenants?{Month}&grouping=month").OkAsync();
        Assert.Equal(254, (int)all["tenants"]!.AsArray().Single(tenant => (string?)tenant!["name"] == bed.Tenant)!["points"]![0]!["uses"]!);
        Assert.True((int)all["all"]!["points"]![0]!["uses"]! >= 254);
        Assert.DoesNotContain("u1", all.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_late_counts_for_the_first_day_that_is_not_settled_but_in_the_month_of_its_statement()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        using var admin = bed.Client("adam", "tenant-admin");
        var people = Enumerable.Range(0, 10).Select(n => $"u{n}").ToList();
        await bed.BookAsync([.. from day in new[] { 0, 1 } from one in people select bed.Use(one, First.AddDays(day))]);
        Assert.Equal(100, await TokensAsync(0));

        await bed.BookAsync([bed.Use("late", First)]);
        Assert.Equal(100, await TokensAsync(0));
        await bed.CloseAsync(First);
        Assert.Equal(100, await TokensAsync(0));
        var month = await admin.GetAsync($"/api/billing/analytics/tokens?{Month}&grouping=month").OkAsync();
        Assert.Equal(210, (int)month["total"]!["points"]![0]!["promptTokens"]!);

        async Task<int?> TokensAsync(int day) => (int?)(await admin.GetAsync($"/api/billing/analytics/tokens?{Month}").OkAsync())["total"]!["points"]![day]!["promptTokens"];
    }

    [Fact]
    public async Task The_latest_word_on_an_answer_counts_in_whatever_order_they_come()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var admin = bed.Client("adam", "tenant-admin");
        var answers = Enumerable.Range(0, 24).Select(n => bed.Use($"u{n}", First)).ToList();
        var at = new DateTimeOffset(First.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        for (var n = 0; n < answers.Count; n++)
        {
            // Half change their minds: good becomes bad; both words come, the later one first, and once more.
            if (n % 2 == 0)
                await broker.PublishAsync(Word(n, AnswerVerdict.Down, at.AddMinutes(5)), Guid.CreateVersion7());
            await broker.PublishAsync(Word(n, AnswerVerdict.Up, at), Guid.CreateVersion7());
            if (n % 2 == 0)
                await broker.PublishAsync(Word(n, AnswerVerdict.Down, at.AddMinutes(5)), Guid.CreateVersion7());
        }

        await using (var ledger = await LedgerBed.StartAsync(servers))
            await ReadUntil.TrueAsync(
                async () => await ledger.QueryAsync<(string, long)>(
                    "select verdict, count(*) from answer_ratings where tenant = @Tenant group by verdict order by verdict", new { bed.Tenant }) is [("down", 12), ("up", 12)],
                "all words are heard");
        await bed.BookAsync(answers);
        await bed.CloseAsync(First);

        var month = await admin.GetAsync($"/api/billing/analytics/feedback?{Month}&grouping=month").OkAsync();
        Assert.Equal((12, 12, 0.5), ((int)month["total"]!["points"]![0]!["up"]!, (int)month["total"]!["points"]![0]!["down"]!, (double)month["total"]!["points"]![0]!["rate"]!));

        AnswerRated Word(int n, AnswerVerdict verdict, DateTimeOffset when) => new()
        {
            AnswerId = answers[n].UsageId,
            Tenant = bed.Tenant,
            Model = "m",
            Purpose = "chat",
            Verdict = verdict,
            RatedAt = when,
        };
    }

    [Fact]
    public async Task Only_those_in_charge_of_a_tenant_see_its_figures_and_only_operators_those_of_all()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        using var anna = bed.Client("anna", "user");
        using var admin = bed.Client("adam", "tenant-admin");
        using var technician = bed.Client("otto", "operator");
        foreach (var figures in new[] { "uses", "tokens", "feedback", "people", "costs" })
        {
            await anna.GetAsync("/api/billing/analytics/" + figures).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await technician.GetAsync("/api/billing/analytics/" + figures).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await admin.GetAsync("/api/billing/analytics/" + figures).OkAsync();
        }

        await admin.GetAsync("/api/billing/analytics/tenants").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await admin.GetAsync("/api/billing/analytics/uses?grouping=hour").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "grouping");
        await admin.GetAsync("/api/billing/analytics/uses?format=xml").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "format");
        await admin.GetAsync("/api/billing/analytics/costs?from=heute").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "from");
    }
}
