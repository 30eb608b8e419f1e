using LLMoin.Billing.Ledger;
using LLMoin.Billing.Tariffs;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Budgets;

/// <summary>
/// Counts what is booked against the budgets it goes on, in the entries' own transaction. A tenant without budgets costs nothing but its name
/// in the one question that a batch asks.
/// </summary>
internal sealed class BudgetCounters(BudgetWarnings warnings, BudgetPeriods periods, IOptions<BillingOptions> options) : ILedgerProjection
{
    public async Task ApplyAsync(TenantTransaction transaction, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        var tenants = entries.Where(HasTokens).Select(entry => entry.Tenant).Distinct(StringComparer.Ordinal).ToArray();
        var budgets = tenants.Length == 0 ? [] : await BudgetStore.OfTenantsAsync(transaction, tenants, cancellation);
        if (budgets.Count == 0)
            return;

        List<Increment> increments = [];
        foreach (var ofTenant in budgets.GroupBy(budget => budget.Tenant, StringComparer.Ordinal))
        {
            List<LedgerEntry> used = [.. entries.Where(entry => entry.Tenant == ofTenant.Key && HasTokens(entry))];
            var prices = await PricesAsync(transaction, ofTenant.Key, ofTenant, cancellation);
            increments.AddRange(ofTenant.SelectMany(budget => Increments(budget, used, prices)));
        }
        await AddAsync(transaction, increments, cancellation);
        await warnings.CheckAsync(transaction, budgets, cancellation);
    }

    /// <summary>Counts what was used of a new budget's period before it was made; the tenant's chain is locked meanwhile.</summary>
    public async Task CountPastAsync(TenantTransaction transaction, Budget budget, DateTimeOffset now, CancellationToken cancellation)
    {
        var start = periods.StartOf(budget.Period, now);
        var from = periods.Moment(start).UtcDateTime;
        var until = periods.Moment(BudgetPeriods.After(budget.Period, start)).UtcDateTime;
        // By day and price class, as prices change with days.
        var past = await transaction.QueryAsync<Past>(
            """
            select user_id, (occurred_at at time zone @TimeZone)::date as day, price_class,
              sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens, max(seq) as seq
            from usage_ledger
            where tenant = @Tenant and occurred_at >= @from and occurred_at < @until and (prompt_tokens <> 0 or completion_tokens <> 0)
              and (@Scope <> 'department' or department = @Subject) and (@Scope <> 'user' or user_id = @Subject)
              and (@Scope <> 'eachuser' or user_id <> '') and (@Scope <> 'apikey' or api_key_id::text = @Subject)
            group by 1, 2, 3
            """, new { options.Value.TimeZone, budget.Tenant, from, until, Scope = BudgetStore.Name(budget.Scope), budget.Subject }, cancellation);
        var prices = await PricesAsync(transaction, budget.Tenant, [budget], cancellation);
        await AddAsync(transaction, [.. past
            .GroupBy(row => budget.Scope == BudgetScope.EachUser ? row.UserId : budget.Subject, StringComparer.Ordinal)
            .Select(rows => new Increment(budget, rows.Key, start, rows.Sum(row => Amount(budget, row.Day, row.PriceClass, row.PromptTokens, row.CompletionTokens, prices)), rows.Max(row => row.Seq)))], cancellation);
        await warnings.CheckAsync(transaction, [budget], cancellation);
    }

    private static bool HasTokens(LedgerEntry entry) => entry.PromptTokens != 0 || entry.CompletionTokens != 0;

    private static async Task<TokenPrices> PricesAsync(TenantTransaction transaction, string tenant, IEnumerable<Budget> budgets, CancellationToken cancellation)
        => new(budgets.Any(budget => budget.Unit == BudgetUnit.Money) ? await TariffStore.HistoryAsync(transaction, tenant, cancellation) : TariffHistory.None);

    private static long Amount(Budget budget, DateOnly day, string priceClass, long promptTokens, long completionTokens, TokenPrices prices)
        => budget.Unit == BudgetUnit.Tokens ? promptTokens + completionTokens : prices.Of(day, priceClass, promptTokens, completionTokens);

    private static string? SubjectOf(Budget budget, LedgerEntry entry) => budget.Scope switch
    {
        BudgetScope.Tenant => "",
        BudgetScope.Department => entry.Department == budget.Subject ? budget.Subject : null,
        BudgetScope.User => entry.UserId == budget.Subject ? budget.Subject : null,
        BudgetScope.EachUser => entry.UserId.Length > 0 ? entry.UserId : null,
        _ => entry.ApiKeyId?.ToString() == budget.Subject ? budget.Subject : null,
    };

    private IEnumerable<Increment> Increments(Budget budget, IEnumerable<LedgerEntry> entries, TokenPrices prices)
        => from entry in entries
           let subject = SubjectOf(budget, entry)
           where subject is not null
           group entry by (subject, Start: periods.StartOf(budget.Period, At(entry))) into counted
           select new Increment(budget, counted.Key.subject, counted.Key.Start, counted.Sum(entry => Amount(budget, Day(entry), entry.PriceClass, entry.PromptTokens, entry.CompletionTokens, prices)), counted.Max(entry => entry.Seq));

    private static DateTimeOffset At(LedgerEntry entry) => new(DateTime.SpecifyKind(entry.OccurredAt, DateTimeKind.Utc));

    private DateOnly Day(LedgerEntry entry) => periods.StartOf(BudgetPeriodLength.Day, At(entry));

    private static Task AddAsync(TenantTransaction transaction, IReadOnlyList<Increment> increments, CancellationToken cancellation)
        => increments.Count == 0 ? Task.CompletedTask : transaction.ExecuteAsync(
            """
            insert into budget_usage as u (budget_id, subject, period_start, tenant, used, seq)
            select * from unnest(@budgets, @subjects, @starts, @tenants, @used, @seqs)
            on conflict (budget_id, subject, period_start) do update set used = u.used + excluded.used, seq = greatest(u.seq, excluded.seq)
            """,
            new
            {
                budgets = increments.Select(one => one.Budget.Id).ToArray(),
                subjects = increments.Select(one => one.Subject).ToArray(),
                starts = increments.Select(one => one.Start).ToArray(),
                tenants = increments.Select(one => one.Budget.Tenant).ToArray(),
                used = increments.Select(one => one.Used).ToArray(),
                seqs = increments.Select(one => one.Seq).ToArray(),
            }, cancellation);

    private readonly record struct Increment(Budget Budget, string Subject, DateOnly Start, long Used, long Seq);

    private sealed class Past
    {
        public string UserId { get; init; } = "";

        public DateOnly Day { get; init; }

        public string PriceClass { get; init; } = "";

        public long PromptTokens { get; init; }

        public long CompletionTokens { get; init; }

        public long Seq { get; init; }
    }
}
