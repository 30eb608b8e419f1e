namespace LLMoin.Contracts.Billing;

/// <summary>A budget's use has crossed the share at which it warns; once for each period and subject.</summary>
[Message("billing", "budget-warned.v1")]
public sealed record BudgetWarned
{
    public required Guid BudgetId { get; init; }

    public required string Tenant { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>See <see cref="BudgetFigure.Subject"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>Share of the limit at which it warns, in percent.</summary>
    public required int WarnPercent { get; init; }

    public required DateTimeOffset PeriodEnd { get; init; }

    public required DateTimeOffset WarnedAt { get; init; }
}
