using LLMoin.Billing.Months;
using LLMoin.Billing.Tariffs;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Statements;

/// <summary>A tenant's first month that is not closed and has something to state.</summary>
/// <param name="Month">The first with entries or a tariff assigned; null where there is neither.</param>
/// <param name="LastSeq">The last entry booked to it: who counts before locking knows by it whether more came.</param>
internal readonly record struct OpenMonth(BillingMonth? Month, long? LastSeq)
{
    /// <summary>No entry is older: the ledger refuses it.</summary>
    private static readonly BillingMonth Earliest = new(2000, 1);

    /// <param name="transaction">Sees the tenant.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="tariffs">The tenant's.</param>
    /// <param name="through">The last month asked about.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<OpenMonth> FindAsync(
        TenantTransaction transaction, string tenant, TariffHistory tariffs, BillingMonth through, CancellationToken cancellation)
    {
        var closed = await transaction.QueryAsync<DateOnly>(
            "select closed_through from ledger_heads where tenant = @tenant and closed_through is not null", new { tenant }, cancellation);
        var open = closed is [var last] ? BillingMonth.Of(last).Next : Earliest;
        var charged = tariffs.FirstMonth < open ? open : tariffs.FirstMonth;
        // A probe a month, of those that the ledger has: no index leads from a tenant to its months.
        var booked = await transaction.QueryAsync<DateOnly>(
            """
            select month from (
              select generate_series(greatest(@from::date, min(to_date(right(part.relname, 7), 'YYYY_MM'))), @to::date, interval '1 month')::date as month
              from pg_inherits join pg_class part on part.oid = inhrelid where inhparent = 'usage_ledger'::regclass) months
              cross join lateral (select from usage_ledger l where l.tenant = @tenant and l.month = months.month limit 1) entry
            order by month limit 1
            """, new { tenant, from = open.FirstDay, to = (charged < through ? charged.Value : through).FirstDay }, cancellation);
        var month = booked is [var day] ? BillingMonth.Of(day) : charged;
        if (month is not { } found || found > through)
            return default;
        var seq = await transaction.SingleAsync<long?>(
            "select max(seq) from usage_ledger where tenant = @tenant and month = @FirstDay", new { tenant, found.FirstDay }, cancellation);
        return new OpenMonth(found, seq);
    }
}
