using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Tariffs;

/// <summary>Keeps new prices from reaching back to what was used before they were made.</summary>
internal static class PriceGuard
{
    /// <returns>Null where an assignment may begin on <paramref name="from"/>.</returns>
    public static async Task<ProblemResult?> CheckAsync(
        TenantTransaction transaction, string tenant, DateOnly from, BillingCalendar calendar, CancellationToken cancellation)
    {
        var isFirst = (await TariffStore.HistoryAsync(transaction, tenant, cancellation)).IsEmpty;
        var earliest = isFirst ? await FirstOpenDayAsync(transaction, tenant, calendar, cancellation) : calendar.Today;
        if (from < earliest)
            return TariffProblems.InPast("from", earliest);
        return !isFirst && from == calendar.Today && await UsedTodayAsync(transaction, [tenant], calendar, cancellation)
            ? TariffProblems.UsedToday("from", calendar.Today.AddDays(1))
            : null;
    }

    /// <summary>Whether anybody who has the tariff today used something today.</summary>
    public static async Task<bool> UsedTodayAsync(TenantTransaction transaction, Guid tariff, BillingCalendar calendar, CancellationToken cancellation)
    {
        var candidates = await transaction.QueryAsync<string>(
            "select distinct tenant from tariff_assignments where tariff_id = @tariff and from_day <= @Today", new { tariff, calendar.Today }, cancellation);
        var having = new List<string>();
        foreach (var tenant in candidates)
        {
            if ((await TariffStore.HistoryAsync(transaction, tenant, cancellation)).On(calendar.Today)?.TariffId == tariff)
                having.Add(tenant);
        }

        return await UsedTodayAsync(transaction, [.. having], calendar, cancellation);
    }

    private static Task<bool> UsedTodayAsync(TenantTransaction transaction, string[] tenants, BillingCalendar calendar, CancellationToken cancellation)
        => transaction.SingleAsync<bool>(
            """
            select exists (select from usage_ledger
              where tenant = any (@tenants) and month >= @FirstDay and occurred_at >= (@Today::date)::timestamp at time zone @TimeZone)
            """, new { tenants, calendar.Month.FirstDay, calendar.Today, calendar.TimeZone }, cancellation);

    private static async Task<DateOnly> FirstOpenDayAsync(
        TenantTransaction transaction, string tenant, BillingCalendar calendar, CancellationToken cancellation)
    {
        var closed = await transaction.QueryAsync<DateOnly>(
            "select closed_through from ledger_heads where tenant = @tenant and closed_through is not null", new { tenant }, cancellation);
        return closed is [var last] && BillingMonth.Of(last) >= calendar.Month ? calendar.Month.Next.FirstDay : calendar.Month.FirstDay;
    }
}
