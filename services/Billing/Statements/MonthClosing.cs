using LLMoin.Billing.CostCentres;
using LLMoin.Billing.Ledger;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;
using LLMoin.Billing.Tariffs;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Statements;

/// <summary>
/// Closes one month of one tenant: in one transaction its ledger is counted anew, the end of its chain locked, the month shut and the statement stored.
/// What comes later finds the month shut and is booked to the next. Counting takes longest and comes before the lock, so that booking goes on meanwhile;
/// only where an entry of the month arrived in between is it counted again.
/// </summary>
internal sealed class MonthClosing(BillingCalendar calendar, IOptions<BillingOptions> options, TimeProvider clock)
{
    /// <param name="transaction">Sees every tenant; holds the end of the chain from its locking on until it ends.</param>
    /// <param name="tenant">Whose month.</param>
    /// <param name="through">The last month to close.</param>
    /// <param name="cancellation">Ends it without effect.</param>
    /// <returns>The first open month's statement; null where all are closed through <paramref name="through"/>.</returns>
    public async Task<Statement?> CloseNextAsync(TenantTransaction transaction, string tenant, BillingMonth through, CancellationToken cancellation)
    {
        var tariffs = await TariffStore.HistoryAsync(transaction, tenant, cancellation);
        var ahead = await OpenMonth.FindAsync(transaction, tenant, tariffs, through, cancellation);
        var usage = await CountAsync(transaction, tenant, ahead, cancellation);

        var head = (await LedgerHead.LockAsync(transaction, [tenant], cancellation)).Heads[tenant];
        var open = await OpenMonth.FindAsync(transaction, tenant, tariffs, through, cancellation);
        if (open.Month != ahead.Month || open.LastSeq != ahead.LastSeq)
            usage = await CountAsync(transaction, tenant, open, cancellation);
        await transaction.ExecuteAsync(
            "update ledger_heads set closed_through = greatest(closed_through, @FirstDay) where tenant = @tenant",
            new { tenant, (usage?.Month ?? through).FirstDay }, cancellation);
        if (usage is null)
            return null;

        var centres = await CostCentreStore.FindAsync(transaction, tenant, cancellation);
        var lines = StatementRating.Rate(tariffs, usage.Joined(options.Value.MinimumGroup), centres.Centres);
        var statement = new Statement(Guid.CreateVersion7(), tenant, usage.Month, lines, lines.Sum(line => line.Net), head.Seq,
            Convert.ToHexStringLower(head.Hash), clock.GetUtcNow().UtcDateTime);
        await StatementStore.AddAsync(transaction, statement, cancellation);
        return statement;
    }

    private async Task<MonthUsage?> CountAsync(TenantTransaction transaction, string tenant, OpenMonth open, CancellationToken cancellation)
        => open.Month is { } month ? await UsageReader.RecountAsync(transaction, tenant, month, calendar.TimeZone, cancellation) : null;
}
