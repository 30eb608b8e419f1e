using System.Collections.Concurrent;
using LLMoin.Contracts.Billing;

namespace LLMoin.Budgeting;

/// <summary>
/// All budgets as billing last published them, and what this process holds of them for its own work. Tenants without budgets, and all of them
/// before anything was heard, have no bounds.
/// </summary>
public sealed class BudgetBook(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TenantBook> _tenants = new(StringComparer.Ordinal);

    public void Apply(BudgetStates states)
    {
        var counted = states.Counted.ToHashSet();
        var named = states.Tenants.ToDictionary(tenant => tenant.Tenant, StringComparer.Ordinal);
        foreach (var tenant in named.Keys)
            Of(tenant).Apply(named[tenant], states, counted);
        if (!states.Complete)
            return;
        foreach (var (tenant, book) in _tenants)
            if (!named.ContainsKey(tenant))
                book.Apply(null, states, counted);
    }

    /// <summary>Holds what work is estimated to use, before it begins.</summary>
    /// <param name="usageId">Under which its usage will be recorded.</param>
    /// <param name="spender">On whose budgets it goes.</param>
    /// <param name="priceClass">The model's; empty where it has none.</param>
    /// <param name="estimate">What it may use.</param>
    /// <param name="whole">Where it is a step of longer work: what that holds, from which it draws.</param>
    /// <returns>The hold; or which budget has no room for it.</returns>
    public (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(
        Guid usageId, Spender spender, string priceClass, TokenAmount estimate, BudgetHold? whole = null)
        => Of(spender.Tenant).Hold(usageId, spender, priceClass, estimate, whole);

    /// <summary>A hard budget of theirs that has nothing left, or null.</summary>
    public BudgetRefusal? Spent(Spender spender) => _tenants.TryGetValue(spender.Tenant, out var book) ? book.Spent(spender) : null;

    /// <summary>Usage that was settled longer ago than this, and is not counted as far as is known here.</summary>
    public IReadOnlyList<Guid> Overdue(TimeSpan after, int most) => [.. _tenants.Values.SelectMany(book => book.Overdue(after, most)).Take(most)];

    private TenantBook Of(string tenant) => _tenants.GetOrAdd(tenant, _ => new TenantBook(clock));
}
