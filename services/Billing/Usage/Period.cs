using System.Globalization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Usage;

/// <summary>
/// Whole days, both included. Not hours: two periods that differ by minutes would let one subtract out what one person did.
/// </summary>
internal readonly record struct Period(DateOnly From, DateOnly To)
{
    private const int LongestDays = 366;
    private const int UsualDays = 31;

    /// <param name="from">ISO 8601 date; 31 days up to <paramref name="to"/> when absent.</param>
    /// <param name="to">ISO 8601 date; today when absent.</param>
    /// <param name="timeZone">Where today is.</param>
    /// <param name="period">The days.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static ProblemResult? TryRead(string? from, string? to, string timeZone, out Period period)
    {
        period = default;
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
        if (to is not null && !Parse(to, out last))
            return Wrong("to");
        var first = last.DayNumber >= UsualDays ? last.AddDays(1 - UsualDays) : last;
        if (from is not null && !Parse(from, out first))
            return Wrong("from");
        if (first > last || last.DayNumber - first.DayNumber >= LongestDays)
            return new ProblemResult(ProblemType.InvalidRequest, $"from is on or before to, and at most {LongestDays} days are read at once.", "from",
                $"from liegt nicht nach to, und höchstens {LongestDays} Tage werden auf einmal gelesen.");
        period = new Period(first, last);
        return null;
    }

    private static bool Parse(string text, out DateOnly date)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static ProblemResult Wrong(string field) => new(ProblemType.InvalidRequest, $"{field} is a date such as 2026-03-31.", field,
        $"{field} ist ein Datum wie 2026-03-31.");
}
