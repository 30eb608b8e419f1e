using System.ComponentModel.DataAnnotations;

namespace LLMoin.Billing;

/// <summary>Section <c>Billing</c>.</summary>
internal sealed class BillingOptions : IValidatableObject
{
    /// <summary>Figures of fewer people than this are withheld from the tenant's summaries, as they would describe single persons.</summary>
    [Range(1, 1_000)]
    public int MinimumGroup { get; init; } = 10;

    /// <summary>IANA name of the time zone whose days the summaries count.</summary>
    [Required]
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>Whom to ask for more where a budget names nobody.</summary>
    [Required, StringLength(200)]
    public string BudgetContact { get; init; } = "die Verwaltung Ihres Mandanten / your tenant's administration";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult("Billing:TimeZone is no known time zone.", [nameof(TimeZone)]);
    }
}
