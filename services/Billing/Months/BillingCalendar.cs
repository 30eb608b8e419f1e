using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Months;

/// <summary>What day it is for the bill: that of <c>Billing:TimeZone</c>.</summary>
internal sealed class BillingCalendar(TimeProvider clock, IOptions<BillingOptions> options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>IANA name, for SQL.</summary>
    public string TimeZone => options.Value.TimeZone;

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone).DateTime);

    public BillingMonth Month => BillingMonth.Of(Today);
}
