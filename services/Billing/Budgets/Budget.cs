using LLMoin.Contracts.Billing;

namespace LLMoin.Billing.Budgets;

/// <summary>A budget as stored; see <c>007_budgets.sql</c>.</summary>
internal sealed record Budget
{
    /// <summary>Millionths of a cent in a cent: a token costs whole ones, as tariffs price a million.</summary>
    public const long CentUnits = 1_000_000;

    public Guid Id { get; init; }

    public string Tenant { get; init; } = "";

    public BudgetScope Scope { get; init; }

    public string Subject { get; init; } = "";

    public BudgetUnit Unit { get; init; }

    public BudgetPeriodLength Period { get; init; }

    /// <summary>Tokens, or cents.</summary>
    public long Amount { get; init; }

    public bool Hard { get; init; }

    public int WarnPercent { get; init; }

    public string Contact { get; init; } = "";

    public bool ByOperator { get; init; }

    public int Version { get; init; }

    /// <summary>Somebody's own: nobody else sees how far it is used.</summary>
    public bool IsPersonal => Scope is BudgetScope.User or BudgetScope.EachUser or BudgetScope.ApiKey;

    /// <summary>In the unit in which use is counted.</summary>
    public long Limit => Unit == BudgetUnit.Money ? Amount * CentUnits : Amount;

    /// <param name="periods">Billing's calendar.</param>
    /// <param name="at">A moment of the period.</param>
    public BudgetState StateAt(BudgetPeriods periods, DateTimeOffset at)
    {
        var start = periods.StartOf(Period, at);
        var end = BudgetPeriods.After(Period, start);
        return new BudgetState
        {
            Id = Id,
            Scope = Scope,
            Subject = Subject,
            Unit = Unit,
            Limit = Limit,
            Hard = Hard,
            Period = Period,
            PeriodStart = periods.Moment(start),
            PeriodEnd = periods.Moment(end),
            NextPeriodEnd = periods.Moment(BudgetPeriods.After(Period, end)),
            Contact = Contact,
        };
    }
}
