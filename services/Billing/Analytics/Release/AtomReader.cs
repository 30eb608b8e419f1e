using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Billing.Analytics.Release;

/// <param name="Tenant">Whose.</param>
/// <param name="Settled">Which of its days no longer change.</param>
/// <param name="Atoms">All that may be told.</param>
internal sealed record TenantAtoms(string Tenant, Settled Settled, IReadOnlyList<Atom> Atoms);

/// <summary>Reads what may be told of the tenants that the transaction sees. Names of people leave the database only where a day's are too few, and go no further than here.</summary>
internal static class AtomReader
{
    /// <param name="transaction">Sees one tenant or all.</param>
    /// <param name="family">Which figures.</param>
    /// <param name="least">How many people are enough.</param>
    /// <param name="from">First day; its whole month is read.</param>
    /// <param name="to">Last day; its whole month is read.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>By tenant, in ordinal order.</returns>
    public static async Task<IReadOnlyList<TenantAtoms>> ReadAsync(
        TenantTransaction transaction, Family family, int least, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var settled = await SettledAsync(transaction, cancellation);
        var cells = await CellsAsync(transaction, family, least, BillingMonth.Of(from).FirstDay, BillingMonth.Of(to).LastDay, cancellation);
        return [.. settled.OrderBy(tenant => tenant.Key, StringComparer.Ordinal).Select(tenant => new TenantAtoms(tenant.Key, tenant.Value,
            [.. cells[tenant.Key].GroupBy(cell => BillingMonth.Of(cell.Day)).SelectMany(month => Publication.Of(month, tenant.Value.IsOver(month.Key)))]))];
    }

    public static async Task<IReadOnlyDictionary<string, Settled>> SettledAsync(TenantTransaction transaction, CancellationToken cancellation)
        => (await transaction.QueryAsync<Progress>("select tenant, settled_before, closed_through from analytics_progress where settled_before is not null", null, cancellation))
            .ToDictionary(row => row.Tenant, row => row.Settled, StringComparer.Ordinal);

    private static async Task<ILookup<string, Cell>> CellsAsync(
        TenantTransaction transaction, Family family, int least, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
             select c.tenant, c.day, c.scope, c.category, case when count(*) < @least then array_agg(c.user_id) end,
               sum(c.uses)::bigint, sum(c.milliseconds)::bigint, sum(c.prompt_tokens)::bigint, sum(c.completion_tokens)::bigint
             from ({family.PersonsSql}) c join analytics_progress p using (tenant) where is_settled(c.day, p)
             group by c.tenant, c.day, c.scope, c.category
             """, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new("from", from), new("to", to), new("least", least) },
        };
        var cells = new List<Cell>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var crowd = rows.IsDBNull(4) ? Crowd.Enough(least) : Crowd.Of(least, rows.GetFieldValue<string[]>(4));
            var sums = new Sums(rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8));
            cells.Add(new Cell(rows.GetString(0), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateOnly>(1), crowd, sums));
        }

        return cells.ToLookup(cell => cell.Tenant, StringComparer.Ordinal);
    }

    private sealed class Progress
    {
        public string Tenant { get; init; } = "";

        public DateOnly SettledBefore { get; init; }

        public DateOnly? ClosedThrough { get; init; }

        public Settled Settled => new(SettledBefore, ClosedThrough is { } day ? BillingMonth.Of(day) : null);
    }
}
