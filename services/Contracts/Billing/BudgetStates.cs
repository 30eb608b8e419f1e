using System.Text.Json.Serialization;

namespace LLMoin.Contracts.Billing;

/// <summary>
/// How far budgets are used, for those who admit work: broadcast when something changes, all of it every half minute. Everything in one
/// message is of one moment.
/// </summary>
[Message("billing", "budget-states.v1")]
public sealed record BudgetStates
{
    /// <summary>The moment, by the database's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Every tenant that has budgets is in it with all that is not zero; else only what changed.</summary>
    public required bool Complete { get; init; }

    /// <summary>Usage ids that the figures contain: newly counted ones and those that were asked about.</summary>
    public required IReadOnlyList<Guid> Counted { get; init; }

    public required IReadOnlyList<TenantBudgets> Tenants { get; init; }
}

public sealed record TenantBudgets
{
    public required string Tenant { get; init; }

    /// <summary>The last entry of the tenant's ledger that the figures contain; of two figures that with the higher one is newer.</summary>
    public required long Seq { get; init; }

    /// <summary>All of the tenant's; none where the last was deleted.</summary>
    public required IReadOnlyList<BudgetState> Budgets { get; init; }

    public required IReadOnlyList<BudgetFigure> Figures { get; init; }

    /// <summary>Prices in force, for budgets of money. A price class that is not among them costs nothing by the token.</summary>
    public IReadOnlyList<TokenPriceInForce> Prices { get; init; } = [];
}

public sealed record BudgetState
{
    public required Guid Id { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>The department, the user or the API key; empty for the whole tenant and for each user.</summary>
    public required string Subject { get; init; }

    public required BudgetUnit Unit { get; init; }

    /// <summary>In tokens, or in millionths of a cent.</summary>
    public required long Limit { get; init; }

    /// <summary>Nothing is admitted beyond it; a soft one only warns.</summary>
    public required bool Hard { get; init; }

    public required BudgetPeriodLength Period { get; init; }

    /// <summary>With the offset of billing's time zone, here and below.</summary>
    public required DateTimeOffset PeriodStart { get; init; }

    /// <summary>When it begins anew.</summary>
    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>The end of the period after this one, for who misses the turn.</summary>
    public required DateTimeOffset NextPeriodEnd { get; init; }

    /// <summary>Whom to ask for more.</summary>
    public required string Contact { get; init; }
}

/// <param name="Budget">Of which budget.</param>
/// <param name="Subject">The budget's own, or one user where it holds for each.</param>
/// <param name="Used">In the period that its state names, in the unit of its limit.</param>
public sealed record BudgetFigure(Guid Budget, string Subject, long Used);

/// <param name="PriceClass">A model's price class.</param>
/// <param name="PromptCents">Cents for a million tokens read in, that is millionths of a cent for one.</param>
/// <param name="CompletionCents">The same for tokens generated.</param>
public sealed record TokenPriceInForce(string PriceClass, long PromptCents, long CompletionCents);

[JsonConverter(typeof(JsonStringEnumConverter<BudgetScope>))]
public enum BudgetScope
{
    [JsonStringEnumMemberName("tenant")]
    Tenant,

    [JsonStringEnumMemberName("department")]
    Department,

    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>Everybody in the tenant has one of their own.</summary>
    [JsonStringEnumMemberName("each-user")]
    EachUser,

    [JsonStringEnumMemberName("api-key")]
    ApiKey,
}

[JsonConverter(typeof(JsonStringEnumConverter<BudgetUnit>))]
public enum BudgetUnit
{
    [JsonStringEnumMemberName("tokens")]
    Tokens,

    /// <summary>What tariffs price by the token, and nothing else.</summary>
    [JsonStringEnumMemberName("money")]
    Money,
}

[JsonConverter(typeof(JsonStringEnumConverter<BudgetPeriodLength>))]
public enum BudgetPeriodLength
{
    [JsonStringEnumMemberName("day")]
    Day,

    [JsonStringEnumMemberName("month")]
    Month,
}
