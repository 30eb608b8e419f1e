using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Billing.Analytics.Costs;

/// <param name="Department">Its id.</param>
/// <param name="Net">Without tax.</param>
internal sealed record DepartmentCost(string Department, Cents Net);

/// <param name="Month">A closed one.</param>
/// <param name="Departments">Those with enough people, by id.</param>
/// <param name="Rest">What the others cost together, with what nobody in particular used; null where nothing is left.</param>
/// <param name="Net">All of it, as on the statement.</param>
internal sealed record MonthCosts(BillingMonth Month, IReadOnlyList<DepartmentCost> Departments, Cents? Rest, Cents Net);

/// <summary>
/// Statements' shares by department, for eyes that are not to see a small department's. What is not shown is the statement's sum less what is: so
/// where that rest is about too few, the department with the fewest active people joins it, until it is not. So it does where the tokens by model
/// would tell, beside the costs, of too few.
/// </summary>
internal static class DepartmentCosts
{
    /// <summary>Others are in the rest.</summary>
    private const int MostShown = 127;

    public static async Task<IReadOnlyList<MonthCosts>> ReadAsync(
        TenantTransaction transaction, string tenant, int least, BillingMonth from, BillingMonth to, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            with costs as (
              select s.month, h.department, sum(h.net)::bigint as net from statements s join statement_shares h on h.statement_id = s.id
              where s.tenant = @tenant and s.month between @from and @to group by s.month, h.department),
            people as (
              select date_trunc('month', day)::date as month, department, count(distinct user_id) as count, array_agg(distinct user_id) as ids
              from analytics_days where tenant = @tenant and day between @from and @until group by 1, 2)
            select c.month, c.department, c.net, coalesce(p.count, 0), case when coalesce(p.count, 0) < @least then coalesce(p.ids, '{}') end
            from costs c left join people p using (month, department) order by c.month, c.department collate "C"
            """, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new("tenant", tenant), new("from", from.FirstDay), new("to", to.FirstDay), new("until", to.LastDay), new("least", least) },
        };
        var shares = new List<(BillingMonth Month, DepartmentShare Share)>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var crowd = rows.IsDBNull(4) ? Crowd.Enough(least) : Crowd.Of(least, rows.GetFieldValue<string[]>(4));
            shares.Add((BillingMonth.Of(rows.GetFieldValue<DateOnly>(0)), new DepartmentShare(rows.GetString(1), new Cents(rows.GetInt64(2)), rows.GetInt64(3), crowd)));
        }

        await rows.CloseAsync();
        var used = await TokensByDepartment.ReadAsync(transaction, tenant, least, from.FirstDay, to.LastDay, cancellation);
        return [.. shares.GroupBy(share => share.Month, share => share.Share).Select(month => Of(month.Key, [.. month], [.. used[month.Key]]))];
    }

    /// <param name="month">A closed one.</param>
    /// <param name="shares">Of the statement.</param>
    /// <param name="atoms">Of each atom of tokens by model: its people by department.</param>
    public static MonthCosts Of(BillingMonth month, IReadOnlyList<DepartmentShare> shares, IReadOnlyList<IReadOnlyDictionary<string, Crowd>> atoms)
    {
        // What no department used is nobody's own, and goes with the rest.
        var shown = shares.Where(share => share.Department.Length > 0 && share.Crowd.IsEnough).OrderByDescending(share => share.People).ThenBy(share => share.Department, StringComparer.Ordinal)
            .Take(MostShown).ToList();
        var rest = shares.Except(shown).ToList();
        while (shown.Count > 0 && TooMuch(shown, rest, atoms) is { } place)
        {
            rest.Add(shown[place]);
            shown.RemoveAt(place);
        }

        return new MonthCosts(
            month, [.. shown.OrderBy(share => share.Department, StringComparer.Ordinal).Select(share => new DepartmentCost(share.Department, share.Net))],
            rest.Count == 0 ? null : rest.Sum(share => share.Net), shares.Sum(share => share.Net));
    }

    /// <returns>The place of the smallest department that must join the rest; null where all may be shown.</returns>
    private static int? TooMuch(List<DepartmentShare> shown, List<DepartmentShare> rest, IReadOnlyList<IReadOnlyDictionary<string, Crowd>> atoms)
    {
        if (rest.Count > 0 && !rest.Select(share => share.Crowd).Aggregate((all, next) => all.With(next)).IsEnough)
            return shown.Count - 1;
        // The last group is the rest, whatever departments are in it.
        var places = shown.Select((share, place) => (share.Department, place)).ToDictionary(one => one.Department, one => one.place, StringComparer.Ordinal);
        var grouped = atoms.Select(atom => (IReadOnlyDictionary<int, Crowd>)atom.GroupBy(part => places.GetValueOrDefault(part.Key, shown.Count), part => part.Value)
            .ToDictionary(group => group.Key, group => group.Aggregate((all, next) => all.With(next)))).ToList();
        return Linkage.FindLeak(grouped, shown.Count + 1) is { } leak ? leak.Where(group => group < shown.Count).DefaultIfEmpty(shown.Count - 1).Max() : null;
    }

    /// <param name="Department">Its id; empty for what none used.</param>
    /// <param name="Net">Its share.</param>
    /// <param name="People">Active in it.</param>
    /// <param name="Crowd">The same.</param>
    internal sealed record DepartmentShare(string Department, Cents Net, long People, Crowd Crowd);
}
