using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Ledger;

/// <summary>
/// The one way into the ledger. A batch is one transaction: the claims of the usage ids, the entries behind the ends of their tenants'
/// chains, and what the projections make of them. So each usage id is booked exactly once, however often it comes and whoever dies when.
/// </summary>
internal sealed class LedgerWriter(
    BillingDatabase database, IEnumerable<ILedgerProjection> projections, IOptions<BillingOptions> options, TimeProvider clock)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <param name="entries">Of any tenants; each chain keeps their order.</param>
    /// <param name="cancellation">Ends it without effect.</param>
    /// <returns>Those that were not booked before.</returns>
    /// <exception cref="InvalidDataException">One of them is no usage; nothing was booked.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        var booked = await AppendAsync(transaction, entries, cancellation);
        await transaction.CommitAsync(cancellation);
        return booked;
    }

    /// <summary>The same within a transaction that sees every tenant and commits later.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> AppendAsync(TenantTransaction transaction, IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var fresh = await ClaimAsync(transaction, [.. entries.Select(entry => entry.Checked(now)).DistinctBy(entry => entry.UsageId)], cancellation);
        if (fresh.Count == 0)
            return [];

        var tenants = fresh.Select(entry => entry.Tenant).Distinct(StringComparer.Ordinal).ToArray();
        var (locked, recordedAt) = await LedgerHead.LockAsync(transaction, tenants, cancellation);
        var heads = new Dictionary<string, LedgerHead>(locked, StringComparer.Ordinal);
        var rows = new List<SealedEntry>(fresh.Count);
        foreach (var entry in fresh)
        {
            var row = SealedEntry.After(heads[entry.Tenant], entry, BillingMonth.Of(entry.OccurredAt, _zone), recordedAt);
            heads[entry.Tenant] = heads[entry.Tenant].Then(row);
            rows.Add(row);
        }

        await LedgerTable.InsertAsync(transaction, rows, cancellation);
        await LedgerHead.StoreAsync(transaction, heads.Values, cancellation);
        IReadOnlyList<LedgerEntry> booked = [.. rows.Select(row => row.Entry)];
        foreach (var projection in projections)
            await projection.ApplyAsync(transaction, booked, cancellation);
        return booked;
    }

    /// <summary>In the ids' order, so that two batches with the same ids do not wait for each other.</summary>
    private static async Task<IReadOnlyList<NewEntry>> ClaimAsync(TenantTransaction transaction, IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        var claimed = await transaction.QueryAsync<Guid>(
            """
            insert into usage_claims (usage_id, tenant) select * from unnest(@ids, @tenants) claim (usage_id, tenant) order by usage_id
            on conflict do nothing returning usage_id
            """,
            new { ids = entries.Select(entry => entry.UsageId).ToArray(), tenants = entries.Select(entry => entry.Tenant).ToArray() }, cancellation);
        var mine = claimed.ToHashSet();
        return [.. entries.Where(entry => mine.Contains(entry.UsageId))];
    }
}
