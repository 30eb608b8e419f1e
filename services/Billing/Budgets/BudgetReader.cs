using LLMoin.Budgeting;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Billing.Budgets;

/// <summary>Budgets with their present state, as far as the caller may know it.</summary>
internal sealed class BudgetReader(BudgetPeriods periods, TimeProvider clock)
{
    /// <summary>For who administers or audits: figures of what several share.</summary>
    public Task<IReadOnlyList<BudgetView>> ForOfficeAsync(TenantTransaction transaction, IReadOnlyList<Budget> budgets, CancellationToken cancellation)
        => ViewAsync(transaction, budgets, budget => budget.Subject, budget => (!budget.IsPersonal, !budget.IsPersonal), cancellation);

    /// <summary>
    /// Those that bind the caller: one's own with figures; what is shared only with its state, as less one's own part it would tell what a
    /// colleague used.
    /// </summary>
    public async Task<IReadOnlyList<BudgetView>> BindingAsync(TenantTransaction transaction, Caller caller, CancellationToken cancellation)
    {
        var spender = Spender.Of(caller);
        var now = clock.GetUtcNow();
        var all = await BudgetStore.OfTenantsAsync(transaction, [caller.Tenant], cancellation);
        List<Budget> binding = [.. all.Where(budget => spender.SubjectIn(budget.StateAt(periods, now)) is not null)];
        return await ViewAsync(transaction, binding, budget => budget.Scope == BudgetScope.EachUser ? caller.UserId : budget.Subject, budget => (true, budget.IsPersonal), cancellation);
    }

    private async Task<IReadOnlyList<BudgetView>> ViewAsync(
        TenantTransaction transaction, IReadOnlyList<Budget> budgets, Func<Budget, string> subject, Func<Budget, (bool State, bool Used)> shows, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var usage = await transaction.QueryAsync<BudgetUsage>(
            """
            select u.budget_id, u.subject, u.period_start, u.used, u.warned_at
            from budget_usage u join unnest(@ids, @subjects, @starts) wanted (id, subject, start)
              on u.budget_id = wanted.id and u.subject = wanted.subject and u.period_start = wanted.start
            """,
            new
            {
                ids = budgets.Select(budget => budget.Id).ToArray(),
                subjects = budgets.Select(subject).ToArray(),
                starts = budgets.Select(budget => periods.StartOf(budget.Period, now)).ToArray(),
            }, cancellation);
        var byBudget = usage.ToDictionary(row => row.BudgetId);
        return [.. budgets.Select(budget =>
        {
            var (state, used) = shows(budget);
            return BudgetView.Of(budget, budget.StateAt(periods, now), byBudget.GetValueOrDefault(budget.Id), state, used);
        })];
    }
}
