using LLMoin.Billing.Analytics.Durations;
using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Analytics.Reports;
using LLMoin.Billing.Csv;
using LLMoin.Billing.Usage;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using static LLMoin.Billing.Analytics.Reports.ReportCsv;

namespace LLMoin.Billing.Analytics;

/// <summary>The own tenant's figures, without persons; see docs/billing-analytics.md for what keeps them so.</summary>
internal static class AnalyticsApi
{
    private static readonly ProblemResult WrongFormat = new(ProblemType.InvalidRequest, "format is json or csv.", "format", "format ist json oder csv.");

    public static Task<Results<Ok<Report<UsesFigures>>, FileContentHttpResult, ProblemResult>> UsesAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string grouping = "day", string format = "json")
        => AnswerAsync(caller, database, options.Value, (from, to, grouping, format), async (transaction, frame) =>
        {
            var tenant = await ReadAsync(transaction, Family.Uses, caller, frame, cancellation);
            var durations = await DurationTable.ReadAsync(transaction, frame.From, frame.To, cancellation);
            return Report.Of(frame, tenant, atoms => UsesFigures.Of(atoms, durations, frame.MinimumGroup));
        }, report => ReportCsv.Of(report, "purpose", ["uses", "averageSeconds", "p50Seconds", "p90Seconds", "p95Seconds", "p99Seconds", "errorRate"], figures =>
            [Cell(figures.Uses), Cell(figures.AverageSeconds), Cell(figures.P50Seconds), Cell(figures.P90Seconds), Cell(figures.P95Seconds), Cell(figures.P99Seconds), Cell(figures.ErrorRate)]), "uses", cancellation);

    public static Task<Results<Ok<Report<TokenFigures>>, FileContentHttpResult, ProblemResult>> TokensAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string grouping = "day", string format = "json")
        => AnswerAsync(caller, database, options.Value, (from, to, grouping, format),
            async (transaction, frame) => Report.Of(frame, await ReadAsync(transaction, Family.Tokens, caller, frame, cancellation), TokenFigures.Of),
            report => ReportCsv.Of(report, "model", ["promptTokens", "completionTokens"], figures => [Cell(figures.PromptTokens?.Value), Cell(figures.CompletionTokens?.Value)]), "tokens", cancellation);

    public static Task<Results<Ok<Report<FeedbackFigures>>, FileContentHttpResult, ProblemResult>> FeedbackAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string grouping = "day", string format = "json")
        => AnswerAsync(caller, database, options.Value, (from, to, grouping, format),
            async (transaction, frame) => Report.Of(frame, await ReadAsync(transaction, Family.Feedback, caller, frame, cancellation), FeedbackFigures.Of),
            report => ReportCsv.Of(report, "purpose", ["up", "down", "rate"], figures => [Cell(figures.Up), Cell(figures.Down), Cell(figures.Rate)]), "feedback", cancellation);

    public static Task<Results<Ok<ActivePeopleReport>, FileContentHttpResult, ProblemResult>> PeopleAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string grouping = "day", string format = "json")
        => AnswerAsync(caller, database, options.Value, (from, to, grouping, format),
            (transaction, frame) => ActivePeople.ReadAsync(transaction, caller.Tenant, frame, cancellation), ReportCsv.Of, "people", cancellation);

    private static async Task<Results<Ok<T>, FileContentHttpResult, ProblemResult>> AnswerAsync<T>(
        Caller caller, BillingDatabase database, BillingOptions options, (string? From, string? To, string Grouping, string Format) query,
        Func<TenantTransaction, Frame, Task<T>> read, Func<T, byte[]> csv, string name, CancellationToken cancellation)
    {
        if (Groupings.TryRead(query.Grouping, out var grouping) is { } wrongGrouping)
            return wrongGrouping;
        if (query.Format is not ("json" or "csv"))
            return WrongFormat;
        if (Period.TryRead(query.From, query.To, options.TimeZone, out var period) is { } wrongPeriod)
            return wrongPeriod;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var report = await read(transaction, new Frame(period.From, period.To, grouping, options.MinimumGroup));
        return query.Format == "csv"
            ? TypedResults.File(csv(report), CsvTable.ContentType, $"{name}-{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}.csv")
            : TypedResults.Ok(report);
    }

    private static async Task<TenantAtoms> ReadAsync(TenantTransaction transaction, Family family, Caller caller, Frame frame, CancellationToken cancellation)
        => (await AtomReader.ReadAsync(transaction, family, frame.MinimumGroup, frame.From, frame.To, cancellation))
            .SingleOrDefault(tenant => tenant.Tenant == caller.Tenant) ?? new TenantAtoms(caller.Tenant, Settled.Nothing, []);
}
