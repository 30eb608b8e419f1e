using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Billing.Analytics.Costs;

/// <summary>Who is behind each atom of tokens by model, department by department.</summary>
internal static class TokensByDepartment
{
    /// <returns>The atoms of each month.</returns>
    public static async Task<ILookup<BillingMonth, IReadOnlyDictionary<string, Crowd>>> ReadAsync(
        TenantTransaction transaction, string tenant, int least, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var atoms = (await AtomReader.ReadAsync(transaction, Family.Tokens, least, from, to, cancellation)).SingleOrDefault(one => one.Tenant == tenant)?.Atoms ?? [];
        var people = await PeopleAsync(transaction, tenant, least, from, to, cancellation);
        return atoms.ToLookup(atom => BillingMonth.Of(atom.Cells[0].Day), atom => (IReadOnlyDictionary<string, Crowd>)atom.Cells
            .SelectMany(cell => people[(cell.Day, cell.Scope, cell.Category)]).GroupBy(part => part.Department, part => part.Crowd)
            .ToDictionary(part => part.Key, part => part.Aggregate((all, next) => all.With(next)), StringComparer.Ordinal));
    }

    private static async Task<ILookup<(DateOnly Day, string PriceClass, string Model), (string Department, Crowd Crowd)>> PeopleAsync(
        TenantTransaction transaction, string tenant, int least, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select day, price_class, model, department, case when count(distinct user_id) < @least then array_agg(distinct user_id) end
            from analytics_days where tenant = @tenant and day between @from and @to and (prompt_tokens <> 0 or completion_tokens <> 0) group by 1, 2, 3, 4
            """, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new("tenant", tenant), new("from", from), new("to", to), new("least", least) },
        };
        var parts = new List<((DateOnly, string, string) Place, (string, Crowd) Part)>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var crowd = rows.IsDBNull(4) ? Crowd.Enough(least) : Crowd.Of(least, rows.GetFieldValue<string[]>(4));
            parts.Add(((rows.GetFieldValue<DateOnly>(0), rows.GetString(1), rows.GetString(2)), (rows.GetString(3), crowd)));
        }

        return parts.ToLookup(part => part.Place, part => part.Part);
    }
}
