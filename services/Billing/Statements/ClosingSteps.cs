using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Statements;

/// <summary>How far a month's closing is.</summary>
/// <param name="Month">Which month.</param>
/// <param name="StartedBy">The operator; empty where it started by itself.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Tenants">How many tenants it is about.</param>
/// <param name="Closed">How many of them are closed.</param>
/// <param name="Failed">How many failed and are tried again.</param>
/// <param name="FinishedAt">UTC; null while tenants are open.</param>
internal sealed record Closing(BillingMonth Month, string StartedBy, DateTime StartedAt, long Tenants, long Closed, long Failed, DateTime? FinishedAt);

/// <summary>A month's closing as a list of tenants in the database, from which any replica takes the next.</summary>
internal static class ClosingSteps
{
    /// <summary>Makes a step for every tenant whose month is open. Ordered again, it adds those that were not there before.</summary>
    public static Task<int> StartAsync(TenantTransaction transaction, BillingMonth month, string by, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            insert into closings (month, started_by) values (@FirstDay, @by) on conflict do nothing;
            insert into closing_steps (month, tenant)
            select @FirstDay, tenant from (
              select tenant from ledger_heads where closed_through is null or closed_through < @FirstDay
              union
              select tenant from tariff_assignments a where from_day <= @LastDay and not exists (select from ledger_heads h where h.tenant = a.tenant)) open
            on conflict do nothing
            """, new { month.FirstDay, month.LastDay, by }, cancellation);

    /// <summary>
    /// The next open step, locked until the transaction ends: a step whose process died is free again as soon as the database sees its connection
    /// gone, at the latest after a minute without a sign.
    /// </summary>
    public static async Task<(BillingMonth Month, string Tenant)?> TakeAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        // Compiling its queries would take longer than a small tenant's step.
        await transaction.ExecuteAsync("set local idle_in_transaction_session_timeout = '60s'; set local jit = off", null, cancellation);
        var rows = await transaction.QueryAsync<Step>(
            """
            select month, tenant from closing_steps where closed_at is null and retry_at <= now() order by month, tenant limit 1 for update skip locked
            """, null, cancellation);
        return rows is [var step] ? (BillingMonth.Of(step.Month), step.Tenant) : null;
    }

    public static Task<int> FinishAsync(TenantTransaction transaction, BillingMonth month, string tenant, CancellationToken cancellation)
        => transaction.ExecuteAsync("update closing_steps set closed_at = now() where month = @FirstDay and tenant = @tenant", new { month.FirstDay, tenant }, cancellation);

    /// <summary>Puts a failed step off, longer each time, so that the others go first.</summary>
    public static Task<int> PutOffAsync(TenantTransaction transaction, BillingMonth month, string tenant, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            update closing_steps set attempts = attempts + 1, retry_at = now() + least(5 * 2 ^ least(attempts, 10), 600) * interval '1 second'
            where month = @FirstDay and tenant = @tenant
            """, new { month.FirstDay, tenant }, cancellation);

    /// <summary>Newest first, up to one more than <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<Closing>> ListAsync(
        TenantTransaction transaction, BillingMonth? month, BillingMonth? after, int limit, CancellationToken cancellation)
        => [.. (await transaction.QueryAsync<Row>(
            """
            select c.month, c.started_by, c.started_at, count(s.tenant) as tenants, count(s.closed_at) as closed,
              count(*) filter (where s.closed_at is null and s.attempts > 0) as failed, max(s.closed_at) as last_closed_at
            from closings c left join closing_steps s using (month)
            where (@month::date is null or c.month = @month) and (@after::date is null or c.month < @after)
            group by c.month order by c.month desc limit @limit + 1
            """, new { month = month?.FirstDay, after = after?.FirstDay, limit }, cancellation)).Select(row => row.ToClosing())];

    private sealed record Step(DateOnly Month, string Tenant);

    private sealed class Row
    {
        public DateOnly Month { get; init; }

        public string StartedBy { get; init; } = "";

        public DateTime StartedAt { get; init; }

        public long Tenants { get; init; }

        public long Closed { get; init; }

        public long Failed { get; init; }

        public DateTime? LastClosedAt { get; init; }

        public Closing ToClosing()
            => new(BillingMonth.Of(Month), StartedBy, StartedAt, Tenants, Closed, Failed, Closed == Tenants ? LastClosedAt ?? StartedAt : null);
    }
}
