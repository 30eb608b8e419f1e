using System.Globalization;
using LLMoin.Billing.Months;
using LLMoin.Billing.Tariffs;

namespace LLMoin.Billing.Rating;

/// <summary>Days of a month, in a row, on which the same is charged.</summary>
/// <param name="Month">Of which month.</param>
/// <param name="Terms">What is charged.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day, included.</param>
internal sealed record Segment(BillingMonth Month, Terms Terms, DateOnly First, DateOnly Last)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    public bool IsWholeMonth => Days == Month.Days;

    /// <summary>For a line's text; empty where it is the whole month.</summary>
    public string Period => IsWholeMonth ? "" : string.Create(CultureInfo.InvariantCulture, $" ({First:dd.MM.}–{Last:dd.MM.yyyy})");

    /// <summary>In order; days without a tariff are in none.</summary>
    public static IReadOnlyList<Segment> Of(TariffHistory tariffs, BillingMonth month)
    {
        var segments = new List<Segment>();
        for (var day = month.FirstDay; day <= month.LastDay; day = day.AddDays(1))
        {
            if (tariffs.On(day) is not { } terms)
                continue;
            if (segments is [.., var open] && open.Last.AddDays(1) == day && open.Terms.Same(terms))
                segments[^1] = open with { Last = day };
            else
                segments.Add(new Segment(month, terms, day, day));
        }

        return segments;
    }

    public bool Contains(DateOnly day) => First <= day && day <= Last;

    /// <summary>How many of its days are <paramref name="from"/> or later.</summary>
    public int DaysFrom(DateOnly from) => Math.Clamp(Last.DayNumber - from.DayNumber + 1, 0, Days);

    /// <summary>Whether it lies in the calendar months in which people are not yet charged.</summary>
    public bool IsTrial(BillingMonth firstMonth)
    {
        var months = (Month.Year - firstMonth.Year) * 12 + Month.Month - firstMonth.Month;
        return Terms.Prices.Users is { } users && months < users.TrialMonths;
    }
}
