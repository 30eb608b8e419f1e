using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Ledger;

/// <summary>The end of a tenant's chain.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Seq">Of the last entry; 0 where there is none.</param>
/// <param name="Hash">Of the last entry; zeros where there is none.</param>
/// <param name="ClosedThrough">The last closed month; null where none is.</param>
internal sealed record LedgerHead(string Tenant, long Seq, byte[] Hash, BillingMonth? ClosedThrough)
{
    /// <summary>
    /// The month to which something is booked: that in which it happened, or the first open one where that is closed. An entry whose month
    /// is not that of its <see cref="LedgerEntry.OccurredAt"/> is thereby one that came late.
    /// </summary>
    public BillingMonth MonthFor(BillingMonth happenedIn) => ClosedThrough is { } closed && happenedIn <= closed ? closed.Next : happenedIn;

    public LedgerHead Then(SealedEntry entry) => this with { Seq = entry.Entry.Seq, Hash = entry.Hash };

    /// <summary>
    /// Locks the chains of <paramref name="tenants"/> until the transaction ends, making those that do not exist yet; all in one order, so
    /// that no two batches wait for each other.
    /// </summary>
    /// <returns>The heads, and the time at which they were had: no entry of a chain is recorded before the one ahead of it.</returns>
    public static async Task<(IReadOnlyDictionary<string, LedgerHead> Heads, DateTime At)> LockAsync(
        TenantTransaction transaction, IReadOnlyCollection<string> tenants, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            """insert into ledger_heads (tenant) select tenant from unnest(@tenants) tenant order by tenant collate "C" on conflict do nothing""",
            new { tenants }, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select tenant, seq, hash, closed_through from ledger_heads where tenant = any (@tenants) order by tenant collate "C" for update
            """, new { tenants }, cancellation);
        var at = await transaction.SingleAsync<DateTime>("select clock_timestamp()", null, cancellation);
        return (rows.ToDictionary(row => row.Tenant, row => row.Head, StringComparer.Ordinal), at);
    }

    public static Task StoreAsync(TenantTransaction transaction, IEnumerable<LedgerHead> heads, CancellationToken cancellation)
    {
        var all = heads.ToList();
        return transaction.ExecuteAsync(
            """
            update ledger_heads set seq = new.seq, hash = new.hash
            from unnest(@tenants, @seqs, @hashes) as new (tenant, seq, hash) where ledger_heads.tenant = new.tenant
            """,
            new
            {
                tenants = all.Select(head => head.Tenant).ToArray(),
                seqs = all.Select(head => head.Seq).ToArray(),
                hashes = all.Select(head => head.Hash).ToArray(),
            }, cancellation);
    }

    private sealed class Row
    {
        public string Tenant { get; init; } = "";

        public long Seq { get; init; }

        public byte[] Hash { get; init; } = [];

        public DateOnly? ClosedThrough { get; init; }

        public LedgerHead Head => new(Tenant, Seq, Hash, ClosedThrough is { } day ? BillingMonth.Of(day) : null);
    }
}
