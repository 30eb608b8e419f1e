using System.Runtime.CompilerServices;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Billing.Ledger.Verification;

/// <summary>
/// Recomputes a tenant's chain from its first entry to its last and compares it with its recorded end and with the claims. Reads entry by
/// entry, from one snapshot: writers are not held up, and any number of entries fits.
/// </summary>
internal sealed class LedgerVerifier(BillingDatabase database)
{
    private static readonly byte[] Beginning = new byte[32];

    /// <param name="tenant">Whose chain.</param>
    /// <param name="anchor">What is known of it elsewhere; null where nothing is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LedgerReport> VerifyAsync(string tenant, LedgerAnchor? anchor, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginSnapshotAsync(tenant, cancellation);
        var (seq, hash) = (0L, Beginning);
        var fault = (LedgerFault?)null;
        await foreach (var (row, claimed) in EntriesAsync(transaction, tenant, cancellation))
        {
            fault = FaultOf(row, claimed, seq, hash, anchor);
            if (fault is not null)
                break;
            (seq, hash) = (row.Entry.Seq, row.Hash);
        }

        fault ??= await FaultAtEndAsync(transaction, tenant, seq, hash, anchor, cancellation);
        return new LedgerReport(tenant, fault is null, seq, Convert.ToHexStringLower(hash), fault);
    }

    /// <summary>Everybody of whom there is an entry, a claim or an end of a chain.</summary>
    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        return await transaction.QueryAsync<string>(
            "select tenant from ledger_heads union select tenant from usage_ledger union select tenant from usage_claims order by 1", null, cancellation);
    }

    private static LedgerFault? FaultOf(SealedEntry row, bool claimed, long seq, byte[] hash, LedgerAnchor? anchor)
    {
        if (row.Entry.Seq <= seq)
            return LedgerFault.Repeated(row.Entry);
        if (row.Entry.Seq > seq + 1)
            return LedgerFault.Missing(seq + 1);
        if (!row.Hash.AsSpan().SequenceEqual(LedgerHash.Of(hash, row.Entry, row.Reason, row.RecordedAt)))
            return LedgerFault.Changed(row.Entry);
        if (anchor is not null && row.Entry.Seq == anchor.Seq && !row.Hash.AsSpan().SequenceEqual(anchor.Hash))
            return LedgerFault.Anchor(anchor.Seq);
        return claimed ? null : LedgerFault.Unclaimed(row.Entry);
    }

    private static async Task<LedgerFault?> FaultAtEndAsync(
        TenantTransaction transaction, string tenant, long seq, byte[] hash, LedgerAnchor? anchor, CancellationToken cancellation)
    {
        var head = await transaction.SingleAsync<Head>("select seq, hash from ledger_heads where tenant = @tenant", new { tenant }, cancellation);
        if (seq != (head?.Seq ?? 0) || !hash.AsSpan().SequenceEqual(head?.Hash ?? Beginning))
            return LedgerFault.End(seq, head?.Seq ?? 0);
        if (anchor?.Seq > seq)
            return LedgerFault.Anchor(anchor.Seq);
        var claims = await transaction.SingleAsync<long>("select count(*) from usage_claims where tenant = @tenant", new { tenant }, cancellation);
        if (claims == seq)
            return null;
        var unbooked = await transaction.QueryAsync<Guid>(
            """
            select usage_id from usage_claims claim where tenant = @tenant
              and not exists (select from usage_ledger entry where entry.tenant = @tenant and entry.usage_id = claim.usage_id)
            order by usage_id limit 1
            """, new { tenant }, cancellation);
        return unbooked.Count > 0 ? LedgerFault.Unbooked(seq, unbooked[0]) : LedgerFault.End(seq, claims);
    }

    private static async IAsyncEnumerable<(SealedEntry Row, bool Claimed)> EntriesAsync(
        TenantTransaction transaction, string tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
             select {LedgerTable.Columns}, exists (select from usage_claims claim where claim.usage_id = entry.usage_id and claim.tenant = entry.tenant)
             from usage_ledger entry where tenant = $1 order by seq, month
             """, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new() { Value = tenant } },
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            yield return (LedgerTable.Read(rows), rows.GetBoolean(22));
    }

    private sealed record Head(long Seq, byte[] Hash);
}
