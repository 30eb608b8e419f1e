using LLMoin.Billing.Csv;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Analytics.Costs;

/// <param name="MinimumGroup">The fewest people a shown department has, and the rest too.</param>
/// <param name="Months">The closed ones between, oldest first.</param>
internal sealed record CostsReport(int MinimumGroup, IReadOnlyList<MonthCosts> Months);

/// <summary>What departments cost, by the month, as statements are.</summary>
internal static class CostsApi
{
    private const int MostMonths = 36;

    public static async Task<Results<Ok<CostsReport>, FileContentHttpResult, ProblemResult>> ReadAsync(
        Caller caller, BillingDatabase database, BillingCalendar calendar, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string format = "json")
    {
        var last = calendar.Month;
        if (to is not null && !BillingMonth.TryParse(to, out last))
            return Wrong("to");
        var first = BillingMonth.Of(last.FirstDay.AddMonths(-11));
        if (from is not null && !BillingMonth.TryParse(from, out first))
            return Wrong("from");
        if (first > last || last.FirstDay > first.FirstDay.AddMonths(MostMonths - 1))
            return new ProblemResult(ProblemType.InvalidRequest, $"from is not after to, and at most {MostMonths} months are read at once.", "from",
                $"from liegt nicht nach to, und höchstens {MostMonths} Monate werden auf einmal gelesen.");
        if (format is not ("json" or "csv"))
            return new ProblemResult(ProblemType.InvalidRequest, "format is json or csv.", "format", "format ist json oder csv.");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var report = new CostsReport(options.Value.MinimumGroup, await DepartmentCosts.ReadAsync(transaction, caller.Tenant, options.Value.MinimumGroup, first, last, cancellation));
        return format == "json" ? TypedResults.Ok(report) : TypedResults.File(Csv(report), CsvTable.ContentType, $"costs-{first}-{last}.csv");
    }

    private static byte[] Csv(CostsReport report)
    {
        var table = new CsvTable("month", "department", "net");
        foreach (var month in report.Months)
        {
            foreach (var (department, net) in month.Departments)
                table.Add(month.Month.ToString(), department, net);
            if (month.Rest is { } rest)
                table.Add(month.Month.ToString(), "(rest)", rest);
        }

        return table.ToBytes();
    }

    private static ProblemResult Wrong(string field)
        => new(ProblemType.InvalidRequest, $"{field} is a month such as 2026-03.", field, $"{field} ist ein Monat wie 2026-03.");
}
