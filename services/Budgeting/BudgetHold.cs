namespace LLMoin.Budgeting;

/// <summary>
/// Part of the budgets of whoever asked, held for work under way: first as estimated, then, settled, as used, until the published figures
/// contain it. Not settled by its end, nothing was used.
/// </summary>
public sealed class BudgetHold : IDisposable
{
    private readonly TenantBook _book;

    internal BudgetHold(TenantBook book, Guid id, Spender spender, string priceClass, TokenAmount amount, BudgetHold? whole)
    {
        _book = book;
        Id = id;
        Spender = spender;
        PriceClass = priceClass;
        Amount = amount;
        Whole = whole;
    }

    /// <summary>Of the usage that will be recorded; of longer work's whole, that of the work.</summary>
    public Guid Id { get; }

    public Spender Spender { get; }

    internal string PriceClass { get; set; }

    /// <summary>As estimated, and when settled as used.</summary>
    internal TokenAmount Amount { get; set; }

    /// <summary>Set once it is recorded as used: when that happened.</summary>
    internal DateTimeOffset? SettledAt { get; set; }

    /// <summary>When it was last asked whether it is counted.</summary>
    internal DateTimeOffset? AskedAt { get; set; }

    /// <summary>That of the longer work of which this is a step.</summary>
    internal BudgetHold? Whole { get; }

    /// <summary>What steps have taken of it.</summary>
    internal TokenAmount Drawn { get; set; }

    /// <summary>What it takes of a budget beside its steps.</summary>
    internal TokenAmount Rest => (Amount - Drawn).OrNothing;

    /// <summary>This was used, and is recorded so under <see cref="Id"/>.</summary>
    /// <param name="used">What was used.</param>
    /// <param name="priceClass">As recorded; another than expected where another model answered.</param>
    /// <param name="at">The moment that is recorded, which decides the period.</param>
    public void Settle(TokenAmount used, string priceClass, DateTimeOffset at) => _book.Settle(this, used, priceClass, at);

    public void Dispose() => _book.Release(this);
}
