using LLMoin.Billing.Tariffs;

namespace LLMoin.Billing.Rating;

/// <summary>
/// What active people cost. Tiers are graduated: those charged for the most days fill the first one. Of each line every department bears its part of all
/// the days charged, so none pays more because its people fell into a dearer tier.
/// </summary>
internal static class UserPositions
{
    /// <param name="segment">Not of a trial month.</param>
    /// <param name="people">The month's.</param>
    public static IEnumerable<Position> Of(Segment segment, IReadOnlyList<ActivePerson> people)
    {
        if (segment.Terms.Prices.Users is not { } prices)
            yield break;
        var charged = people.Select(person => (person.Department, Days: segment.DaysFrom(person.FirstDay.AddDays(prices.TrialDays))))
            .Where(person => person.Days > 0).ToList();
        var weights = charged.GroupBy(person => person.Department, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(person => (long)person.Days), StringComparer.Ordinal);
        var days = charged.Select(person => person.Days).OrderDescending().ToList();
        // Whoever is on trial counts as one of the fewest, else the minimum would charge what the trial gives.
        var missing = Math.Max(0, prices.MinimumCount - people.Count(person => person.FirstDay <= segment.Last));

        var first = 1L;
        foreach (var tier in prices.Tiers)
        {
            var last = tier.UpTo ?? long.MaxValue;
            var within = days.Skip((int)Math.Min(first - 1, days.Count)).Take((int)Math.Min(last - first + 1, days.Count)).ToList();
            var filled = Math.Clamp(Math.Min(last, (long)days.Count + missing) - Math.Max(first - 1, days.Count), 0, missing);
            foreach (var position in Tier(segment, tier, Name(prices, first, tier), within, filled, weights))
                yield return position;
            first = last == long.MaxValue ? last : last + 1;
        }
    }

    private static IEnumerable<Position> Tier(
        Segment segment, UserTier tier, string name, List<int> days, long filled, IReadOnlyDictionary<string, long> weights)
    {
        // Whole months are counted in people, all else in days of them.
        var whole = segment.IsWholeMonth ? days.Count(some => some == segment.Days) : 0;
        yield return new Position("users", $"Aktive Personen{name}", whole, 1, Units.One, tier.Price, weights);
        yield return new Position("users", $"Aktive Personen{name}, Personentage{segment.Period}", days.Sum(some => (long)some) - (long)whole * segment.Days,
            segment.Month.Days, Units.Day, tier.Price, weights);
        yield return segment.IsWholeMonth
            ? new Position("users", $"Mindestabnahme Personen{name}", filled, 1, Units.One, tier.Price, weights)
            : new Position("users", $"Mindestabnahme Personen{name}, Personentage{segment.Period}", filled * segment.Days, segment.Month.Days, Units.Day, tier.Price,
                weights);
    }

    private static string Name(UserPrices prices, long first, UserTier tier)
        => prices.Tiers.Count == 1 ? "" : tier.UpTo is { } last ? $" {first} bis {last}" : $" ab {first}";
}
