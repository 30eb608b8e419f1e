using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Analytics.Days;

/// <summary>How entries become the sums of <c>008_analytics.sql</c>, and days become settled.</summary>
internal static class AnalyticsDays
{
    /// <summary>What somebody waited for, and so counts as a use.</summary>
    private const string IsUse = "corrects is null and duration_ms is not null and kind in ('answer', 'embedding', 'rerank', 'ingestion')";

    /// <summary>Locks the tenant's progress until the transaction ends.</summary>
    /// <returns>Null where another replica has it.</returns>
    public static async Task<Counted?> LockAsync(TenantTransaction transaction, string tenant, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync("insert into analytics_progress (tenant) values (@tenant) on conflict do nothing", new { tenant }, cancellation);
        return await transaction.SingleAsync<Counted>(
            """
            select p.seq, p.settled_before, coalesce(h.seq, 0) as head, h.closed_through from analytics_progress p left join ledger_heads h using (tenant)
            where tenant = @tenant for update of p skip locked
            """, new { tenant }, cancellation);
    }

    /// <summary>Adds the entries behind one place in the chain up to another. Each is placed on the day on which it happened, or the first that is not settled, but in the month to which it is booked.</summary>
    public static Task AddAsync(
        TenantTransaction transaction, string tenant, long after, long through, DateOnly? settledBefore, string timeZone, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            $"""
             create temporary table placed on commit drop as
             select least(greatest((occurred_at at time zone @timeZone)::date, month, @settledBefore::date), (month + interval '1 month' - interval '1 day')::date) as day,
               user_id, department, purpose, model, price_class, outcome = 'failed' as failed, {IsUse} as is_use, duration_ms, prompt_tokens, completion_tokens
             from usage_ledger where tenant = @tenant and seq > @after and seq <= @through and user_id <> '';

             insert into analytics_days as d
             select @tenant, day, user_id, department, purpose, model, price_class, failed, count(*) filter (where is_use), coalesce(sum(duration_ms) filter (where is_use), 0),
               coalesce(sum(prompt_tokens) filter (where not failed), 0), coalesce(sum(completion_tokens) filter (where not failed), 0)
             from placed group by day, user_id, department, purpose, model, price_class, failed
             on conflict (tenant, day, user_id, department, purpose, model, price_class, failed) do update set uses = d.uses + excluded.uses,
               milliseconds = d.milliseconds + excluded.milliseconds, prompt_tokens = d.prompt_tokens + excluded.prompt_tokens,
               completion_tokens = d.completion_tokens + excluded.completion_tokens;

             insert into analytics_durations as d
             select @tenant, day, purpose, {Durations.LogHistogram.BucketSql}, count(*) from placed where is_use and not failed group by 2, 3, 4
             on conflict (tenant, day, purpose, bucket) do update set uses = d.uses + excluded.uses
             """, new { tenant, after, through, settledBefore, timeZone }, cancellation);

    /// <summary>What was counted stays; nothing is taken back.</summary>
    public static Task SettleAsync(
        TenantTransaction transaction, string tenant, long through, DateOnly settledBefore, DateOnly? closedThrough, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            "update analytics_progress set seq = @through, settled_before = greatest(settled_before, @settledBefore), closed_through = @closedThrough where tenant = @tenant",
            new { tenant, through, settledBefore, closedThrough }, cancellation);

    /// <summary>How far a tenant's chain is counted.</summary>
    internal sealed class Counted
    {
        /// <summary>Of the last entry counted.</summary>
        public long Seq { get; init; }

        /// <summary>Days before this one are settled, except the last of an open month; null: none.</summary>
        public DateOnly? SettledBefore { get; init; }

        /// <summary>Of the last entry booked.</summary>
        public long Head { get; init; }

        /// <summary>The last month closed when that was the last entry: nothing more is booked to it.</summary>
        public DateOnly? ClosedThrough { get; init; }
    }
}
