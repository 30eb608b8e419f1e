using System.ComponentModel.DataAnnotations;

namespace LLMoin.Billing.Analytics;

/// <summary>Section <c>Billing:Analytics</c>.</summary>
internal sealed class AnalyticsOptions
{
    /// <summary>How long after midnight a day still takes in what happened on it; then it is settled, and told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Settle { get; init; } = TimeSpan.FromHours(2);
}
