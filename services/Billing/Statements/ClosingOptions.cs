using System.ComponentModel.DataAnnotations;

namespace LLMoin.Billing.Statements;

/// <summary>Section <c>Billing:Closing</c>.</summary>
internal sealed class ClosingOptions
{
    /// <summary>How many whole days after its end a month is closed by itself, so that what comes late still finds it open; 0: only when ordered.</summary>
    [Range(0, 27)]
    public int AfterDays { get; init; } = 3;

    /// <summary>Tenants that a replica closes at once.</summary>
    [Range(1, 16)]
    public int Lanes { get; init; } = 2;
}
