using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Statements;

/// <param name="Month">Such as 2026-10; before the running one.</param>
internal sealed record NewClosing(BillingMonth Month);

/// <summary>Month closings, as operators order and watch them.</summary>
internal static class ClosingsApi
{
    private static readonly ProblemType Running = new("month-not-over", 409, "The month is not over", "Der Monat ist noch nicht vorbei");

    public static async Task<Results<Accepted<Closing>, ProblemResult>> StartAsync(
        NewClosing asked, Caller caller, BillingDatabase database, BillingCalendar calendar, ClosingWorker worker, CancellationToken cancellation)
    {
        if (asked.Month >= calendar.Month)
            return new ProblemResult(Running, $"Close {calendar.Month.Previous} or an earlier one; GET /api/billing/statements/preview shows the running month.", "month",
                $"Bitte {calendar.Month.Previous} oder einen früheren abschließen; GET /api/billing/statements/preview zeigt den laufenden.");

        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        await ClosingSteps.StartAsync(transaction, asked.Month, caller.UserId, cancellation);
        var started = (await ClosingSteps.ListAsync(transaction, asked.Month, null, 1, cancellation))[0];
        await transaction.CommitAsync(cancellation);
        worker.Started();
        return TypedResults.Accepted($"/api/billing/closings/{asked.Month}", started);
    }

    public static async Task<Results<Ok<Closing>, ProblemResult>> GetAsync(string month, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        if (!BillingMonth.TryParse(month, out var asked))
            return MonthWrong("month");
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        return await ClosingSteps.ListAsync(transaction, asked, null, 1, cancellation) is [var closing]
            ? TypedResults.Ok(closing)
            : new ProblemResult(ProblemType.NotFound, "This month's closing was not started; POST /api/billing/closings starts it.", "month",
                "Der Abschluss dieses Monats wurde nicht begonnen; POST /api/billing/closings beginnt ihn.");
    }

    public static async Task<Results<Ok<Page<Closing>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, string? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        BillingMonth month = default;
        if (after is not null && !BillingMonth.TryParse(after, out month))
            return MonthWrong("after");
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        var rows = await ClosingSteps.ListAsync(transaction, null, after is null ? null : month, limit, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, closing => closing.Month.ToString()));
    }

    public static ProblemResult MonthWrong(string field)
        => new(ProblemType.InvalidRequest, $"{field} is a month such as 2026-10.", field, $"{field} ist ein Monat wie 2026-10.");
}
