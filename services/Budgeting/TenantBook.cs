using LLMoin.Contracts.Billing;

namespace LLMoin.Budgeting;

/// <summary>
/// One tenant's budgets: what billing published as used, and what this process holds beside it. A hold goes by its usage id when the ledger has
/// counted it, in the message whose figures contain it, so that nothing counts twice and nothing is forgotten, in whatever order messages come.
/// </summary>
internal sealed class TenantBook(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, BudgetHold> _holds = [];
    private readonly Dictionary<(Guid Budget, string Subject), Figure> _figures = [];
    private IReadOnlyList<BudgetState> _budgets = [];
    private Dictionary<string, TokenPriceInForce> _prices = [];
    private DateTimeOffset _asOf;

    /// <param name="news">Null where a complete message does not name the tenant: it has no budgets.</param>
    /// <param name="message">Of which <paramref name="news"/> is part.</param>
    /// <param name="counted">The message's counted ids.</param>
    public void Apply(TenantBudgets? news, BudgetStates message, IReadOnlySet<Guid> counted)
    {
        lock (_gate)
        {
            if (message.AsOf >= _asOf)
            {
                _asOf = message.AsOf;
                _budgets = news?.Budgets ?? [];
                _prices = (news?.Prices ?? []).ToDictionary(price => price.PriceClass, StringComparer.Ordinal);
            }
            if (news is not null)
                Take(news, message.Complete);
            foreach (var hold in _holds.Values.Where(hold => counted.Contains(hold.Id) || IsPast(hold)).ToList())
                _holds.Remove(hold.Id);
        }
    }

    /// <summary>Holds the estimate where every hard budget has room for it.</summary>
    /// <param name="whole">The hold from which a step draws.</param>
    public (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(Guid id, Spender spender, string priceClass, TokenAmount estimate, BudgetHold? whole)
    {
        lock (_gate)
        {
            var hold = new BudgetHold(this, id, spender, priceClass, estimate, whole);
            var before = _holds.GetValueOrDefault(id);
            _holds[id] = hold;
            Draw(hold, estimate);
            if (Exceeded(spender, used => used.Amount > used.Budget.Limit) is not { } refusal)
                return (hold, null);

            Draw(hold, default(TokenAmount) - estimate);
            if (before is null)
                _holds.Remove(id);
            else
                _holds[id] = before;
            return (null, refusal);
        }
    }

    /// <summary>A hard budget with nothing left.</summary>
    public BudgetRefusal? Spent(Spender spender)
    {
        lock (_gate)
            return Exceeded(spender, used => used.Amount >= used.Budget.Limit);
    }

    public void Settle(BudgetHold hold, TokenAmount used, string priceClass, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (hold.SettledAt is not null)
                return;
            Draw(hold, used - hold.Amount);
            (hold.Amount, hold.PriceClass, hold.SettledAt) = (used, priceClass, at);
            if (_budgets.Count == 0)
                Remove(hold);
        }
    }

    public void Release(BudgetHold hold)
    {
        lock (_gate)
        {
            if (hold.SettledAt is not null)
                return;
            hold.SettledAt = clock.GetUtcNow();
            Draw(hold, default(TokenAmount) - hold.Amount);
            Remove(hold);
        }
    }

    /// <summary>Settled so long ago that the ledger should have counted them; each is named again only after as long.</summary>
    public IReadOnlyList<Guid> Overdue(TimeSpan after, int most)
    {
        var latest = clock.GetUtcNow() - after;
        lock (_gate)
        {
            var overdue = _holds.Values.Where(hold => hold.SettledAt <= latest && (hold.AskedAt is null || hold.AskedAt <= latest)).Take(most).ToList();
            foreach (var hold in overdue)
                hold.AskedAt = clock.GetUtcNow();
            return [.. overdue.Select(hold => hold.Id)];
        }
    }

    private static void Draw(BudgetHold hold, TokenAmount amount)
    {
        if (hold.Whole is { } whole)
            whole.Drawn += amount;
    }

    /// <summary>Another may have taken its place under the same id, where an answer was begun anew.</summary>
    private void Remove(BudgetHold hold)
    {
        if (_holds.GetValueOrDefault(hold.Id) == hold)
            _holds.Remove(hold.Id);
    }

    private void Take(TenantBudgets news, bool complete)
    {
        var states = news.Budgets.ToDictionary(budget => budget.Id);
        var named = new HashSet<(Guid, string)>();
        foreach (var figure in news.Figures)
        {
            var key = (figure.Budget, figure.Subject);
            named.Add(key);
            if (states.TryGetValue(figure.Budget, out var state) && (!_figures.TryGetValue(key, out var known) || known.Seq <= news.Seq))
                _figures[key] = new Figure(state.PeriodStart, news.Seq, figure.Used);
        }
        if (!complete)
            return;
        foreach (var (key, figure) in _figures.ToList())
            if (!named.Contains(key) && figure.Seq <= news.Seq)
                _figures.Remove(key);
    }

    private BudgetRefusal? Exceeded(Spender spender, Func<(BudgetState Budget, long Amount), bool> isExceeded)
    {
        var now = clock.GetUtcNow();
        foreach (var budget in _budgets.Where(budget => budget.Hard))
        {
            if (spender.SubjectIn(budget) is not { } subject)
                continue;
            var span = BudgetSpan.Of(budget, now);
            if (isExceeded((budget, Used(budget, subject, span))))
                return new BudgetRefusal(budget, span.End);
        }
        return null;
    }

    /// <summary>Published, plus what this process holds.</summary>
    private long Used(BudgetState budget, string subject, BudgetSpan span)
    {
        var used = _figures.TryGetValue((budget.Id, subject), out var figure) && figure.PeriodStart == span.Start ? figure.Used : 0;
        foreach (var hold in _holds.Values)
            if (hold.Spender.SubjectIn(budget) == subject && !(hold.SettledAt < span.Start))
                used += Amount(budget.Unit, hold);
        return used;
    }

    private long Amount(BudgetUnit unit, BudgetHold hold)
        => unit == BudgetUnit.Tokens ? hold.Rest.Total
            : _prices.TryGetValue(hold.PriceClass, out var price) ? hold.Rest.Prompt * price.PromptCents + hold.Rest.Completion * price.CompletionCents
            : 0;

    /// <summary>Used before every period that is open now.</summary>
    private bool IsPast(BudgetHold hold)
        => hold.SettledAt is { } at && _budgets.All(budget => at < BudgetSpan.Of(budget, clock.GetUtcNow()).Start);

    private readonly record struct Figure(DateTimeOffset PeriodStart, long Seq, long Used);
}
