using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Analytics.Periods;

/// <summary>The calendar's units, and no others: two periods of one's own choosing could differ by what one person did.</summary>
internal enum Grouping
{
    Day,

    /// <summary>Monday to Sunday (ISO 8601).</summary>
    Week,
    Month,
}

internal static class Groupings
{
    /// <param name="text"><c>day</c>, <c>week</c> or <c>month</c>.</param>
    /// <param name="grouping">What it names.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static ProblemResult? TryRead(string text, out Grouping grouping)
    {
        (grouping, var known) = text switch
        {
            "day" => (Grouping.Day, true),
            "week" => (Grouping.Week, true),
            "month" => (Grouping.Month, true),
            _ => (default, false),
        };
        return known ? null : new ProblemResult(ProblemType.InvalidRequest, "grouping is day, week or month.", "grouping", "grouping ist day, week oder month.");
    }
}
