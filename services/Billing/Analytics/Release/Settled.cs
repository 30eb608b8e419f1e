using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Months;

namespace LLMoin.Billing.Analytics.Release;

/// <summary>Which of a tenant's days no longer change.</summary>
/// <param name="Before">Days before this one, except the last of a month that is not closed.</param>
/// <param name="ClosedThrough">The last closed month.</param>
internal sealed record Settled(DateOnly Before, BillingMonth? ClosedThrough)
{
    public static Settled Nothing { get; } = new(DateOnly.MinValue, null);

    /// <summary>Nothing can be added to the month any more.</summary>
    public bool IsOver(BillingMonth month) => ClosedThrough >= month && month.LastDay < Before;

    public bool Holds(Bucket bucket)
        => bucket.To < Before && Enumerable.Range(bucket.From.DayNumber, bucket.To.DayNumber - bucket.From.DayNumber + 1).Select(DateOnly.FromDayNumber)
            .All(day => day != BillingMonth.Of(day).LastDay || ClosedThrough >= BillingMonth.Of(day));
}
