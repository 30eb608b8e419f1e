using LLMoin.Contracts.Billing;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Budgets;

/// <summary>Says once for each period and subject that a budget is used as far as its warning; published if and when the use is booked.</summary>
internal sealed class BudgetWarnings(BudgetPeriods periods, TimeProvider clock)
{
    public async Task CheckAsync(TenantTransaction transaction, IReadOnlyList<Budget> budgets, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var crossed = await transaction.QueryAsync<Crossed>(
            """
            update budget_usage u set warned_at = @now
            from unnest(@ids, @thresholds, @starts) b (id, threshold, start)
            where u.budget_id = b.id and u.period_start = b.start and u.warned_at is null and u.used >= b.threshold
            returning u.budget_id, u.subject
            """,
            new
            {
                now = now.UtcDateTime,
                ids = budgets.Select(budget => budget.Id).ToArray(),
                thresholds = budgets.Select(Threshold).ToArray(),
                starts = budgets.Select(budget => periods.StartOf(budget.Period, now)).ToArray(),
            }, cancellation);
        foreach (var (budgetId, subject) in crossed.Select(row => (row.BudgetId, row.Subject)))
        {
            var budget = budgets.First(one => one.Id == budgetId);
            await transaction.PublishAsync(Guid.CreateVersion7(), new BudgetWarned
            {
                BudgetId = budget.Id,
                Tenant = budget.Tenant,
                Scope = budget.Scope,
                Subject = subject,
                WarnPercent = budget.WarnPercent,
                PeriodEnd = budget.StateAt(periods, now).PeriodEnd,
                WarnedAt = now,
            }, cancellation);
        }
    }

    /// <summary>After a limit was raised, the next crossing is another one.</summary>
    public static Task ForgetAsync(TenantTransaction transaction, Budget budget, CancellationToken cancellation)
        => transaction.ExecuteAsync("update budget_usage set warned_at = null where budget_id = @Id and used < @threshold",
            new { budget.Id, threshold = Threshold(budget) }, cancellation);

    /// <summary>The use at which it warns, rounded up.</summary>
    private static long Threshold(Budget budget) => (long)(((Int128)budget.Limit * budget.WarnPercent + 99) / 100);

    private sealed class Crossed
    {
        public Guid BudgetId { get; init; }

        public string Subject { get; init; } = "";
    }
}
