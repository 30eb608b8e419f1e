namespace LLMoin.Contracts.Billing;

/// <summary>Somebody who admits work has just started, or misses usage that should long have been counted: all states are wanted now.</summary>
[Message("billing", "budget-states-wanted.v1")]
public sealed record BudgetStatesWanted
{
    /// <summary>Of these usage ids is to be said whether they are counted.</summary>
    public IReadOnlyList<Guid> UsageIds { get; init; } = [];
}
