using LLMoin.Billing.Money;

namespace LLMoin.Billing.Rating;

/// <summary>What does not depend on use: borne by the departments in proportion to the days of their active people.</summary>
internal static class MonthPositions
{
    public static Position Flat(Segment segment, IReadOnlyList<ActivePerson> people)
    {
        var (price, weights) = (segment.Terms.Prices.Flat, Weights(people, segment.DaysFrom));
        return segment.IsWholeMonth
            ? new Position("flat", "Grundbetrag", 1, 1, Units.Month, price, weights)
            : new Position("flat", $"Grundbetrag, Tage{segment.Period}", segment.Days, segment.Month.Days, Units.Day, price, weights);
    }

    /// <summary>What the month's lines lack of the minimum, which is taken by days where it holds for a part of the month only.</summary>
    /// <param name="segments">The month's, without those on trial; at least one.</param>
    /// <param name="net">Of the month's lines.</param>
    /// <param name="people">The month's.</param>
    public static Position Minimum(IReadOnlyList<Segment> segments, Cents net, IReadOnlyList<ActivePerson> people)
    {
        Int128 amountDays = 0;
        foreach (var segment in segments)
            amountDays += (Int128)segment.Terms.Prices.Minimum.Value * segment.Days;
        var least = Cents.Round(amountDays, segments[0].Month.Days);
        var lacking = least > net ? least - net : Cents.Zero;
        return new Position("minimum", $"Auffüllung auf den Mindestbetrag von {Euros(least)}", 1, 1, Units.Month, lacking,
            Weights(people, day => segments.Sum(segment => segment.DaysFrom(day))));
    }

    private static string Euros(Cents cents) => (cents.Value / 100m).ToString("N2", System.Globalization.CultureInfo.GetCultureInfo("de-DE")) + " €";

    private static Dictionary<string, long> Weights(IReadOnlyList<ActivePerson> people, Func<DateOnly, int> days)
        => people.GroupBy(person => person.Department, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(person => (long)days(person.FirstDay)), StringComparer.Ordinal);
}
