using LLMoin.Contracts.Billing;

namespace LLMoin.Billing.Budgets;

/// <summary>Days and calendar months of <c>Billing:TimeZone</c>; a period is named by its first day.</summary>
internal sealed class BudgetPeriods(TimeZoneInfo zone)
{
    public DateOnly StartOf(BudgetPeriodLength length, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return length == BudgetPeriodLength.Day ? day : new DateOnly(day.Year, day.Month, 1);
    }

    public static DateOnly After(BudgetPeriodLength length, DateOnly start) => length == BudgetPeriodLength.Day ? start.AddDays(1) : start.AddMonths(1);

    /// <summary>The day's first moment, with the zone's offset then.</summary>
    public DateTimeOffset Moment(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks are put forward at midnight, the day begins after the gap.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
