using LLMoin.Billing.Ledger;

namespace LLMoin.BillingTests.Analytics;

/// <summary>
/// Somebody who collects every figure there is and reckons with them. Each use has a number of tokens that no other sum of uses has, so that a figure, or a
/// difference of figures, that is about a small group is known by its value alone.
/// </summary>
internal sealed class Attacker
{
    private readonly Dictionary<long, string> _secrets = [];

    /// <param name="entries">What really happened.</param>
    /// <param name="least">Groups of fewer are secret.</param>
    public Attacker(IReadOnlyList<NewEntry> entries, int least)
    {
        foreach (var (what, uses) in Groups(entries))
        {
            var people = uses.GroupBy(use => use.UserId).Select(one => (Name: one.Key, Tokens: one.Sum(use => use.PromptTokens))).ToList();
            if (people.Count < least)
                _secrets.TryAdd(people.Sum(one => one.Tokens), what);
            for (var one = 0; one < people.Count; one++)
            {
                _secrets.TryAdd(people[one].Tokens, $"{people[one].Name}, {what}");
                for (var other = one + 1; other < people.Count; other++)
                    _secrets.TryAdd(people[one].Tokens + people[other].Tokens, $"{people[one].Name} and {people[other].Name}, {what}");
            }
        }
    }

    /// <summary>Every unit of the calendar with every model and with all.</summary>
    public static IEnumerable<(string What, IReadOnlyList<NewEntry> Uses)> Groups(IReadOnlyList<NewEntry> entries)
    {
        (string Name, Func<DateOnly, DateOnly> Begin)[] units =
            [("day", day => day), ("week", day => day.AddDays(-(((int)day.DayOfWeek + 6) % 7))), ("month", day => new DateOnly(day.Year, day.Month, 1))];
        foreach (var (unit, begin) in units)
        {
            foreach (var bucket in entries.GroupBy(entry => begin(DateOnly.FromDateTime(entry.OccurredAt))))
            {
                yield return ($"{unit} {bucket.Key:yyyy-MM-dd}", [.. bucket]);
                foreach (var model in bucket.GroupBy(entry => entry.Model))
                    yield return ($"{model.Key}, {unit} {bucket.Key:yyyy-MM-dd}", [.. model]);
            }
        }
    }

    /// <summary>What a set of figures gives away: as it stands, and by adding up and subtracting what lies in each other.</summary>
    /// <param name="figures">What was told: values, whatever they were said to be.</param>
    /// <param name="sums">Sums of figures that one would subtract from others, e.g. all days of a month.</param>
    public IReadOnlyList<string> Learn(IReadOnlyCollection<long> figures, IReadOnlyCollection<long> sums)
    {
        long[] known = [.. figures.Concat(sums).Distinct()];
        var learnt = new HashSet<string>();
        foreach (var value in known)
            Check(value);
        foreach (var value in figures)
            foreach (var other in known)
                Check(Math.Abs(value - other));

        return [.. learnt];

        void Check(long value)
        {
            if (value > 0 && _secrets.TryGetValue(value, out var what))
                learnt.Add(what);
        }
    }
}
