using LLMoin.Contracts.Billing;

namespace LLMoin.Budgeting;

/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it; null where that is not known.</param>
internal readonly record struct BudgetSpan(DateTimeOffset Start, DateTimeOffset? End)
{
    /// <summary>The period of a state that is at this moment, even where nothing was heard since its turn.</summary>
    public static BudgetSpan Of(BudgetState budget, DateTimeOffset now)
        => now < budget.PeriodEnd ? new(budget.PeriodStart, budget.PeriodEnd)
            : now < budget.NextPeriodEnd ? new(budget.PeriodEnd, budget.NextPeriodEnd)
            : new(budget.NextPeriodEnd, null);
}
