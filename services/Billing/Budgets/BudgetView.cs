using LLMoin.Billing.Money;
using LLMoin.Contracts.Billing;

namespace LLMoin.Billing.Budgets;

/// <summary>A budget and how far it is used. What one person used is seen by that person alone; for others the figures are absent.</summary>
/// <param name="Tenant">Whose tenant's.</param>
/// <param name="Scope">Whose use it bounds.</param>
/// <param name="Subject">The department, user or API key; empty for the tenant and for each user.</param>
/// <param name="Unit">Tokens, or cents of what tariffs price by the token.</param>
/// <param name="Limit">In the unit.</param>
/// <param name="Hard">Whether anything is refused beyond it.</param>
/// <param name="Contact">Whom to ask for more.</param>
/// <param name="ByOperator">Set by the operator, whom alone it can be changed by.</param>
/// <param name="PeriodStart">When the present period began.</param>
/// <param name="PeriodEnd">When it begins anew.</param>
/// <param name="State"><c>open</c>, <c>warned</c> or <c>spent</c>; absent where it is another person's.</param>
/// <param name="Used">In the unit, whole ones; of what is booked. Absent where it would tell of another person.</param>
/// <param name="WarnedAt">When its use crossed <paramref name="WarnPercent"/>; absent before, and where it is another person's.</param>
internal sealed record BudgetView(
    Guid Id, string Tenant, BudgetScope Scope, string Subject, BudgetUnit Unit, BudgetPeriodLength Period, long Limit, bool Hard, int WarnPercent, string Contact, bool ByOperator,
    int Version, DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, string? State, long? Used, DateTime? WarnedAt)
{
    public static BudgetView Of(Budget budget, BudgetState state, BudgetUsage? usage, bool showsState, bool showsUsed)
    {
        var used = usage?.Used ?? 0;
        return new BudgetView(
            budget.Id, budget.Tenant, budget.Scope, budget.Subject, budget.Unit, budget.Period, budget.Amount, budget.Hard, budget.WarnPercent, budget.Contact, budget.ByOperator,
            budget.Version, state.PeriodStart, state.PeriodEnd,
            !showsState ? null : used >= state.Limit ? "spent" : usage?.WarnedAt is not null ? "warned" : "open",
            !showsUsed ? null : budget.Unit == BudgetUnit.Money ? Cents.Round(used, Budget.CentUnits).Value : used,
            showsState ? usage?.WarnedAt : null);
    }
}

/// <summary>A row of <c>budget_usage</c>.</summary>
internal sealed record BudgetUsage
{
    public Guid BudgetId { get; init; }

    public string Subject { get; init; } = "";

    public DateOnly PeriodStart { get; init; }

    /// <summary>Tokens, or millionths of a cent.</summary>
    public long Used { get; init; }

    public DateTime? WarnedAt { get; init; }
}
