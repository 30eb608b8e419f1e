using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Analytics.Release;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Analytics.Reports;

/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Grouping"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="MinimumGroup">What <paramref name="People"/> is rounded to multiples of.</param>
/// <param name="SettledThrough">The last day that may be told; null where none is.</param>
/// <param name="Buckets">The whole days, weeks or months between.</param>
/// <param name="People">One for each bucket: how many used the platform, rounded; null where fewer than that, or not settled yet.</param>
internal sealed record ActivePeopleReport(
    DateOnly From, DateOnly To, string Grouping, int MinimumGroup, DateOnly? SettledThrough, IReadOnlyList<Bucket> Buckets, IReadOnlyList<long?> People);

/// <summary>
/// How many people are active. They do not add up over days, so what is shown does not keep from telling who is missing: a week's less a day's are
/// those who were not there that day. Rounded to whole groups, two of them never tell of fewer than a group.
/// </summary>
internal static class ActivePeople
{
    public static async Task<ActivePeopleReport> ReadAsync(TenantTransaction transaction, string tenant, Frame frame, CancellationToken cancellation)
    {
        var settled = (await AtomReader.SettledAsync(transaction, cancellation)).GetValueOrDefault(tenant) ?? Settled.Nothing;
        var told = frame.Buckets.Where(settled.Holds).ToList();
        var counts = (await transaction.QueryAsync<Row>(
            """
            select first as day, count(distinct user_id) as people from unnest(@firsts, @lasts) as bucket (first, last)
            join analytics_days on day between first and last where tenant = @tenant and uses > 0 group by first
            """,
            new { tenant, firsts = told.Select(bucket => bucket.From).ToArray(), lasts = told.Select(bucket => bucket.To).ToArray() }, cancellation))
            .ToDictionary(row => row.Day, row => Rounded(row.People, frame.MinimumGroup));
        return new ActivePeopleReport(
            frame.From, frame.To, frame.Grouping.ToString().ToLowerInvariant(), frame.MinimumGroup, settled == Settled.Nothing ? null : settled.Before.AddDays(-1),
            frame.Buckets, [.. frame.Buckets.Select(bucket => counts.GetValueOrDefault(bucket.From))]);
    }

    /// <returns>The nearest multiple of the group's size, of two the larger; null below one group.</returns>
    public static long? Rounded(long people, int group) => people < group ? null : (people + group / 2) / group * group;

    private sealed record Row(DateOnly Day, long People);
}
