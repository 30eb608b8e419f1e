using LLMoin.Billing.Tariffs;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Budgets;

/// <summary>How far this process has published a tenant's budgets.</summary>
/// <param name="Revision">Of the budgets.</param>
/// <param name="Seq">The ledger's last entry.</param>
internal readonly record struct Published(long Revision, long Seq);

/// <summary>What there is to publish, all of one moment: figures, and which usage ids they contain.</summary>
internal sealed class BudgetSnapshot(BillingDatabase database, BudgetPeriods periods, TimeProvider clock)
{
    /// <summary>Newest ids that are named at once for each tenant; whoever misses an older one asks for it.</summary>
    private const int MostCounted = 2_000;

    /// <summary>Entries whose ids are named by a process that has just begun.</summary>
    private const int FirstCounted = 200;

    /// <param name="published">How far this process is; brought up to date with what the message says.</param>
    /// <param name="complete">All of it, else what is new.</param>
    /// <param name="wanted">Usage ids that were asked about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where nothing is new; and how far the process is when the message is out.</returns>
    public async Task<(BudgetStates? States, IReadOnlyDictionary<string, Published> Published)> ReadAsync(
        IReadOnlyDictionary<string, Published> published, bool complete, IReadOnlyCollection<Guid> wanted, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginSnapshotForAllAsync(cancellation);
        var heads = await transaction.QueryAsync<Head>(
            "select now() as as_of, r.tenant, r.revision, coalesce(h.seq, 0) as seq from budget_revisions r left join ledger_heads h using (tenant)", null, cancellation);
        List<Head> news = [.. heads.Where(head => complete || !published.TryGetValue(head.Tenant, out var last) || last != new Published(head.Revision, head.Seq))];
        var now = heads.ToDictionary(head => head.Tenant, head => new Published(head.Revision, head.Seq), StringComparer.Ordinal);
        if (news.Count == 0 && !complete)
            return (null, now);

        var budgets = (await BudgetStore.OfTenantsAsync(transaction, [.. news.Select(head => head.Tenant)], cancellation)).ToLookup(budget => budget.Tenant, StringComparer.Ordinal);
        var counted = new List<Guid>(wanted.Count == 0 ? [] : await transaction.QueryAsync<Guid>(
            "select usage_id from usage_claims where usage_id = any (@ids)", new { ids = wanted.ToArray() }, cancellation));
        List<TenantBudgets> tenants = [];
        foreach (var head in news)
        {
            var last = published.TryGetValue(head.Tenant, out var known) ? known : new Published(-1, Math.Max(0, head.Seq - FirstCounted));
            counted.AddRange(await transaction.QueryAsync<Guid>(
                "select usage_id from usage_ledger where tenant = @Tenant and seq > @Seq order by seq desc limit @MostCounted",
                new { head.Tenant, last.Seq, MostCounted }, cancellation));
            // A complete message that does not name a tenant says that it has none.
            if (budgets[head.Tenant].Any() || !complete)
                tenants.Add(await ReadAsync(transaction, head, [.. budgets[head.Tenant]], complete || last.Revision != head.Revision ? -1 : last.Seq, cancellation));
        }
        var asOf = heads.Count > 0 ? new DateTimeOffset(heads[0].AsOf, TimeSpan.Zero) : clock.GetUtcNow();
        return (new BudgetStates { AsOf = asOf, Complete = complete, Counted = counted, Tenants = tenants }, now);
    }

    private async Task<TenantBudgets> ReadAsync(TenantTransaction transaction, Head head, IReadOnlyList<Budget> budgets, long after, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var figures = await transaction.QueryAsync<BudgetUsage>(
            """
            select u.budget_id, u.subject, u.used
            from budget_usage u join unnest(@ids, @starts) b (id, start) on u.budget_id = b.id and u.period_start = b.start
            where u.tenant = @Tenant and u.seq > @after
            """,
            new
            {
                head.Tenant,
                after,
                ids = budgets.Select(budget => budget.Id).ToArray(),
                starts = budgets.Select(budget => periods.StartOf(budget.Period, now)).ToArray(),
            }, cancellation);
        var prices = budgets.Any(budget => budget.Unit == BudgetUnit.Money) ? new TokenPrices(await TariffStore.HistoryAsync(transaction, head.Tenant, cancellation)) : null;
        return new TenantBudgets
        {
            Tenant = head.Tenant,
            Seq = head.Seq,
            Budgets = [.. budgets.Select(budget => budget.StateAt(periods, now))],
            Figures = [.. figures.Select(figure => new BudgetFigure(figure.BudgetId, figure.Subject, figure.Used))],
            Prices = prices?.On(periods.StartOf(BudgetPeriodLength.Day, now)) ?? [],
        };
    }

    private sealed class Head
    {
        public DateTime AsOf { get; init; }

        public string Tenant { get; init; } = "";

        public long Revision { get; init; }

        public long Seq { get; init; }
    }
}
