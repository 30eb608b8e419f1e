using LLMoin.Billing.Days;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Rating;

/// <summary>
/// A month's usage from either side: counted anew from the ledger, which is what a statement rests on, or from the days' sums kept beside it, which
/// is fast and may lag. Where both know the same entries they give the same.
/// </summary>
internal static class UsageReader
{
    /// <summary>
    /// From <c>usage_ledger</c> alone, in two passes: by day and department, and by person. One pass by both would have nearly as many sums as entries.
    /// </summary>
    public static async Task<MonthUsage> RecountAsync(
        TenantTransaction transaction, string tenant, BillingMonth month, string timeZone, CancellationToken cancellation)
    {
        // The sums of a large tenant's people fit into memory; sorting them on disk would take longer than reading the ledger.
        await transaction.ExecuteAsync("set local work_mem = '128MB'", null, cancellation);
        return await ReadAsync(transaction, month, new { tenant, month.FirstDay, TimeZone = timeZone },
            UsageDays.Sums("day, department, price_class, kind", "tenant = @tenant and month = @FirstDay"),
            $"""
             select user_id, department, count(*) filter (where occurred_at >= @FirstDay::date::timestamp at time zone @TimeZone) as uses,
               (min(occurred_at) at time zone @TimeZone)::date as first_day
             from usage_ledger where tenant = @tenant and month = @FirstDay
               and kind in {UsageDays.ActiveKinds} and user_id <> '' and outcome <> 'failed' and corrects is null
             group by user_id, department
             """,
            $"""
             select (l.occurred_at at time zone @TimeZone)::date from usage_ledger l
             where l.tenant = @tenant and l.user_id = used.user_id and l.month < @FirstDay
               and l.kind in {UsageDays.ActiveKinds} and l.outcome <> 'failed' and l.corrects is null
             order by l.occurred_at limit 1
             """, cancellation);
    }

    /// <summary>From <c>usage_days</c>.</summary>
    public static Task<MonthUsage> ProjectedAsync(TenantTransaction transaction, string tenant, BillingMonth month, CancellationToken cancellation)
        => ReadAsync(transaction, month, new { tenant, month.FirstDay },
            "select * from usage_days where tenant = @tenant and month = @FirstDay",
            $"""
             select user_id, department, coalesce(sum(entries - failed) filter (where day >= @FirstDay), 0)::bigint as uses, min(day) as first_day
             from usage_days where tenant = @tenant and month = @FirstDay and kind in {UsageDays.ActiveKinds} and user_id <> '' and entries > failed
             group by user_id, department
             """,
            $"""
             select min(l.day) from usage_days l
             where l.tenant = @tenant and l.user_id = used.user_id and l.month < @FirstDay and l.kind in {UsageDays.ActiveKinds} and l.entries > l.failed
             """, cancellation);

    /// <param name="transaction">Sees the tenant.</param>
    /// <param name="month">Which.</param>
    /// <param name="parameters">Of all three.</param>
    /// <param name="days">A query for quantities by day, department, price class and kind, perhaps more finely.</param>
    /// <param name="people">A query for each person's uses by department.</param>
    /// <param name="earliestBefore">A query for the first day before the month of the person <c>used.user_id</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    private static async Task<MonthUsage> ReadAsync(
        TenantTransaction transaction, BillingMonth month, object parameters, string days, string people, string earliestBefore, CancellationToken cancellation)
    {
        var usages = await transaction.QueryAsync<DayUsage>(
            $"""
             select day, department, price_class, sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens,
               sum(pages)::bigint as pages, coalesce(sum(bytes) filter (where kind = 'storage'), 0)::bigint as bytes
             from ({days}) days group by day, department, price_class
             """, parameters, cancellation);
        var uses = await transaction.QueryAsync<Used>(
            $"select user_id, department, uses, least(first_day, ({earliestBefore})) as first_day from ({people}) used", parameters, cancellation);
        return new MonthUsage(month,
            [.. usages.Where(usage => (usage.PromptTokens | usage.CompletionTokens | usage.Pages | usage.Bytes) != 0)
                .OrderBy(usage => usage.Day).ThenBy(usage => usage.Department, StringComparer.Ordinal).ThenBy(usage => usage.PriceClass, StringComparer.Ordinal)],
            [.. uses.GroupBy(used => used.UserId, StringComparer.Ordinal).Where(person => person.Any(used => used.Uses > 0))
                .OrderBy(person => person.Key, StringComparer.Ordinal).Select(Person)]);
    }

    /// <summary>Of departments for which as much was used the first by id counts.</summary>
    private static ActivePerson Person(IGrouping<string, Used> used) => new(
        used.Key,
        used.OrderByDescending(one => one.Uses).ThenBy(one => one.Department, StringComparer.Ordinal).First().Department,
        used.Min(one => one.FirstDay));

    private sealed record Used(string UserId, string Department, long Uses, DateOnly FirstDay);
}
