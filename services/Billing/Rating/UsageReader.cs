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
    /// <summary>Of an entry: somebody counts as active by it.</summary>
    private const string IsActive = $"kind in {UsageDays.ActiveKinds} and user_id <> '' and outcome <> 'failed' and corrects is null";

    /// <summary>The same of a row of <c>usage_days</c>.</summary>
    private const string WereActive = $"kind in {UsageDays.ActiveKinds} and user_id <> '' and entries > failed";

    /// <summary>From <c>usage_ledger</c> alone, in one pass over the month.</summary>
    public static async Task<MonthUsage> RecountAsync(
        TenantTransaction transaction, string tenant, BillingMonth month, string timeZone, CancellationToken cancellation)
    {
        // The sums of a large tenant's people fit into memory; sorting them on disk would take longer than reading the ledger.
        await transaction.ExecuteAsync("set local work_mem = '128MB'", null, cancellation);
        return await ReadAsync(transaction, month, new { tenant, month.FirstDay, TimeZone = timeZone },
            $"""
             select day, user_id, department, price_class, {UsageDays.Charged("prompt_tokens")}, {UsageDays.Charged("completion_tokens")}, {UsageDays.Charged("pages")},
               {UsageDays.Charged("bytes")}, kind, is_active and day >= @FirstDay as counts, 1 as uses, case when is_active then day end as first_day
             from (
               select *, (occurred_at at time zone @TimeZone)::date as day, {IsActive} as is_active
               from usage_ledger where tenant = @tenant and month = @FirstDay) entries
             """,
            $"""
             select (occurred_at at time zone @TimeZone)::date from usage_ledger
             where tenant = @tenant and user_id = person and month < @FirstDay and {IsActive} order by occurred_at limit 1
             """, cancellation);
    }

    /// <summary>From <c>usage_days</c>.</summary>
    public static Task<MonthUsage> ProjectedAsync(TenantTransaction transaction, string tenant, BillingMonth month, CancellationToken cancellation)
        => ReadAsync(transaction, month, new { tenant, month.FirstDay },
            $"""
             select *, is_active and day >= @FirstDay as counts, entries - failed as uses, case when is_active then day end as first_day
             from (select *, {WereActive} as is_active from usage_days where tenant = @tenant and month = @FirstDay) sums
             """,
            $"select min(day) from usage_days where tenant = @tenant and user_id = person and month < @FirstDay and {WereActive}", cancellation);

    /// <param name="transaction">Sees the tenant.</param>
    /// <param name="month">Which.</param>
    /// <param name="parameters">Of both queries.</param>
    /// <param name="used">
    /// A query for what is charged, as finely as it likes: with it <c>uses</c>, whether they <c>counts</c> for the month, and the <c>first_day</c>
    /// on which their person was active.
    /// </param>
    /// <param name="earliestBefore">A query for the first day before the month on which a <c>person</c> was active.</param>
    /// <param name="cancellation">Ends it.</param>
    private static async Task<MonthUsage> ReadAsync(
        TenantTransaction transaction, BillingMonth month, object parameters, string used, string earliestBefore, CancellationToken cancellation)
    {
        var sums = (await transaction.QueryAsync<Sums>(
            $"""
             with sums as (
               select grouping(user_id) = 0 as is_persons, day, user_id, department, price_class, sum(prompt_tokens)::bigint as prompt_tokens,
                 sum(completion_tokens)::bigint as completion_tokens, sum(pages)::bigint as pages,
                 coalesce(sum(bytes) filter (where kind = 'storage'), 0)::bigint as bytes,
                 coalesce(sum(uses) filter (where counts), 0)::bigint as uses, min(first_day) as first_day
               from ({used}) used group by grouping sets ((day, department, price_class), (user_id, department)))
             select is_persons, day, user_id, department, price_class, prompt_tokens, completion_tokens, pages, bytes, uses,
               case when is_persons then least(first_day, (select earliest from (select user_id as person) p cross join lateral ({earliestBefore}) before (earliest))) end as first_day
             from sums where not is_persons or first_day is not null
             """, parameters, cancellation)).ToLookup(sum => sum.IsPersons);
        return new MonthUsage(month,
            [.. sums[false].Where(sum => (sum.PromptTokens | sum.CompletionTokens | sum.Pages | sum.Bytes) != 0)
                .OrderBy(sum => sum.Day).ThenBy(sum => sum.Department, StringComparer.Ordinal).ThenBy(sum => sum.PriceClass, StringComparer.Ordinal)
                .Select(sum => new DayUsage(sum.Day!.Value, sum.Department, sum.PriceClass, sum.PromptTokens, sum.CompletionTokens, sum.Pages, sum.Bytes))],
            [.. sums[true].GroupBy(sum => sum.UserId, StringComparer.Ordinal).Where(person => person.Any(sum => sum.Uses > 0))
                .OrderBy(person => person.Key, StringComparer.Ordinal).Select(Person)]);
    }

    /// <summary>Of departments for which as much was used the first by id counts.</summary>
    private static ActivePerson Person(IGrouping<string, Sums> used) => new(
        used.Key,
        used.OrderByDescending(one => one.Uses).ThenBy(one => one.Department, StringComparer.Ordinal).First().Department,
        used.Min(one => one.FirstDay)!.Value);

    /// <summary>Of a day, a department and a price class, or else of a person for a department.</summary>
    private sealed class Sums
    {
        public bool IsPersons { get; init; }

        public DateOnly? Day { get; init; }

        public string UserId { get; init; } = "";

        public string Department { get; init; } = "";

        public string PriceClass { get; init; } = "";

        public long PromptTokens { get; init; }

        public long CompletionTokens { get; init; }

        public long Pages { get; init; }

        public long Bytes { get; init; }

        public long Uses { get; init; }

        public DateOnly? FirstDay { get; init; }
    }
}
