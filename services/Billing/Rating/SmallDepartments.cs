namespace LLMoin.Billing.Rating;

/// <summary>
/// A statement shows its tenant what each department bears. One of fewer than k people would show what single persons used, so small departments
/// bear theirs together, under the empty id; what is owed in all stays the same to the cent.
/// </summary>
internal static class SmallDepartments
{
    /// <param name="usage">Of a month.</param>
    /// <param name="least">The fewest active people who are shown as a department; where those together are fewer too, the smallest shown one joins them.</param>
    public static MonthUsage Joined(this MonthUsage usage, int least)
    {
        var people = usage.People.GroupBy(person => person.Department).Where(group => group.Key.Length > 0)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var departments = usage.Days.Select(day => day.Department).Concat(people.Keys).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)
            .OrderBy(id => people.GetValueOrDefault(id)).ThenBy(id => id, StringComparer.Ordinal).ToList();
        var joined = departments.TakeWhile(id => people.GetValueOrDefault(id) < least).ToHashSet(StringComparer.Ordinal);
        var together = usage.People.Count(person => person.Department.Length == 0 || joined.Contains(person.Department));
        foreach (var id in departments.Skip(joined.Count))
        {
            if (together == 0 ? joined.Count == 0 : together >= least)
                break;
            joined.Add(id);
            together += people[id];
        }

        return joined.Count == 0 ? usage : usage with
        {
            Days = [.. usage.Days.GroupBy(day => (day.Day, Department: Of(day.Department), day.PriceClass)).Select(days => new DayUsage(
                days.Key.Day, days.Key.Department, days.Key.PriceClass, days.Sum(day => day.PromptTokens), days.Sum(day => day.CompletionTokens),
                days.Sum(day => day.Pages), days.Sum(day => day.Bytes)))],
            People = [.. usage.People.Select(person => person with { Department = Of(person.Department) })],
        };

        string Of(string department) => joined.Contains(department) ? "" : department;
    }
}
