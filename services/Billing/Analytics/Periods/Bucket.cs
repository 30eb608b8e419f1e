namespace LLMoin.Billing.Analytics.Periods;

/// <summary>A day, week or month; both ends included.</summary>
internal readonly record struct Bucket(DateOnly From, DateOnly To)
{
    public bool Holds(DateOnly day) => From <= day && day <= To;

    /// <summary>The whole ones within two days, both included; one that is cut off by either is none.</summary>
    public static IReadOnlyList<Bucket> Within(Grouping grouping, DateOnly from, DateOnly to)
    {
        var buckets = new List<Bucket>();
        for (var first = Begin(grouping, from); ; first = Next(grouping, first))
        {
            var bucket = new Bucket(first, Next(grouping, first).AddDays(-1));
            if (bucket.To > to)
                return buckets;
            if (bucket.From >= from)
                buckets.Add(bucket);
        }
    }

    private static DateOnly Begin(Grouping grouping, DateOnly day) => grouping switch
    {
        Grouping.Day => day,
        Grouping.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month, 1),
    };

    private static DateOnly Next(Grouping grouping, DateOnly first) => grouping switch
    {
        Grouping.Day => first.AddDays(1),
        Grouping.Week => first.AddDays(7),
        _ => first.AddMonths(1),
    };
}
