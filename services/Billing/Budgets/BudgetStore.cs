using LLMoin.Billing.Ledger;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Budgets;

/// <summary>Budgets in the database. Whoever changes one locks the tenant's chain, so that nothing is booked beside it.</summary>
internal sealed class BudgetStore(BudgetCounters counters, BudgetWarnings warnings, TimeProvider clock)
{
    private const string Columns = "id, tenant, scope, subject, unit, period, amount, hard, warn_percent, contact, by_operator, version";

    /// <summary>As the database has it.</summary>
    public static string Name(BudgetScope scope) => scope.ToString().ToLowerInvariant();

    public static Task<IReadOnlyList<Budget>> OfTenantsAsync(TenantTransaction transaction, IReadOnlyCollection<string> tenants, CancellationToken cancellation)
        => transaction.QueryAsync<Budget>($"select {Columns} from budgets where tenant = any (@tenants) order by id", new { tenants }, cancellation);

    public static Task<Budget?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<Budget>($"select {Columns} from budgets where id = @id", new { id }, cancellation);

    /// <param name="tenant">Null for those of all tenants that the transaction sees.</param>
    public static Task<IReadOnlyList<Budget>> ListAsync(TenantTransaction transaction, string? tenant, int limit, Guid? after, CancellationToken cancellation)
        => transaction.QueryAsync<Budget>(
            $"""
            select {Columns} from budgets where (@tenant::text is null or tenant = @tenant) and (@after::uuid is null or id > @after) order by id limit @limit
            """, new { tenant, after, limit }, cancellation);

    /// <returns>False where there is such a budget already.</returns>
    public async Task<bool> AddAsync(TenantTransaction transaction, Budget budget, string by, CancellationToken cancellation)
    {
        await LedgerHead.LockAsync(transaction, [budget.Tenant], cancellation);
        var added = await transaction.ExecuteAsync(
            """
            insert into budgets (id, tenant, scope, subject, unit, period, amount, hard, warn_percent, contact, by_operator, changed_by)
            values (@Id, @Tenant, @scope, @Subject, @unit, @period, @Amount, @Hard, @WarnPercent, @Contact, @ByOperator, @by)
            on conflict do nothing
            """,
            new
            {
                budget.Id,
                budget.Tenant,
                scope = Name(budget.Scope),
                budget.Subject,
                unit = budget.Unit.ToString().ToLowerInvariant(),
                period = budget.Period.ToString().ToLowerInvariant(),
                budget.Amount,
                budget.Hard,
                budget.WarnPercent,
                budget.Contact,
                budget.ByOperator,
                by,
            }, cancellation);
        if (added == 0)
            return false;
        await counters.CountPastAsync(transaction, budget, clock.GetUtcNow(), cancellation);
        await CountChangeAsync(transaction, budget.Tenant, cancellation);
        return true;
    }

    /// <returns>Null where somebody else was faster.</returns>
    public async Task<Budget?> ChangeAsync(TenantTransaction transaction, Budget budget, string by, CancellationToken cancellation)
    {
        await LedgerHead.LockAsync(transaction, [budget.Tenant], cancellation);
        var changed = await transaction.ExecuteAsync(
            """
            update budgets set amount = @Amount, hard = @Hard, warn_percent = @WarnPercent, contact = @Contact, version = version + 1, changed_by = @by, changed_at = now()
            where id = @Id and version = @Version
            """,
            new { budget.Id, budget.Version, budget.Amount, budget.Hard, budget.WarnPercent, budget.Contact, by }, cancellation);
        if (changed == 0)
            return null;
        await BudgetWarnings.ForgetAsync(transaction, budget, cancellation);
        await warnings.CheckAsync(transaction, [budget], cancellation);
        await CountChangeAsync(transaction, budget.Tenant, cancellation);
        return budget with { Version = budget.Version + 1 };
    }

    public static async Task<bool> DeleteAsync(TenantTransaction transaction, Budget budget, CancellationToken cancellation)
    {
        await LedgerHead.LockAsync(transaction, [budget.Tenant], cancellation);
        if (await transaction.ExecuteAsync("delete from budgets where id = @Id and version = @Version", new { budget.Id, budget.Version }, cancellation) == 0)
            return false;
        await CountChangeAsync(transaction, budget.Tenant, cancellation);
        return true;
    }

    private static Task CountChangeAsync(TenantTransaction transaction, string tenant, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            "insert into budget_revisions as r (tenant, revision) values (@tenant, 1) on conflict (tenant) do update set revision = r.revision + 1",
            new { tenant }, cancellation);
}
