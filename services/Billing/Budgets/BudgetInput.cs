using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Budgets;

/// <summary>What can be changed of a budget.</summary>
/// <param name="Limit">Tokens, or cents of what tariffs price by the token; 0 lets nothing pass.</param>
/// <param name="Hard">True (default): nothing is admitted beyond it. False: it only warns.</param>
/// <param name="WarnPercent">Share of the limit at which it warns; by default 80.</param>
/// <param name="Contact">Whom to ask for more, told to who is refused; by default <c>Billing:BudgetContact</c>.</param>
internal record BudgetTerms(long Limit, bool? Hard = null, int? WarnPercent = null, string? Contact = null)
{
    private const int LongestContact = 200;
    private const int UsualWarning = 80;
    private const long MostTokens = 1_000_000_000_000_000;
    private const long MostCents = 1_000_000_000_00;

    public ProblemResult? Check(BudgetUnit unit)
    {
        var most = unit == BudgetUnit.Money ? MostCents : MostTokens;
        if (Limit < 0 || Limit > most)
            return BudgetProblems.Wrong("limit", $"0 to {most}", $"0 bis {most}");
        if (WarnPercent is < 1 or > 100)
            return BudgetProblems.Wrong("warnPercent", "1 to 100", "1 bis 100");
        return Contact is { } contact && (contact.Length > LongestContact || contact.Any(char.IsControl))
            ? BudgetProblems.Wrong("contact", $"one line of at most {LongestContact} characters", $"eine Zeile mit höchstens {LongestContact} Zeichen")
            : null;
    }

    public Budget ApplyTo(Budget budget, BillingOptions options) => budget with
    {
        Amount = Limit,
        Hard = Hard ?? true,
        WarnPercent = WarnPercent ?? UsualWarning,
        Contact = string.IsNullOrWhiteSpace(Contact) ? options.BudgetContact : Contact.Trim(),
    };
}

/// <param name="Scope">Whose use it bounds.</param>
/// <param name="Subject">The id of the department, user or API key; absent for the tenant and for each user.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Period">When it begins anew: each day or each calendar month of <c>Billing:TimeZone</c>.</param>
/// <param name="Tenant">Only operators name another than their own.</param>
internal sealed record NewBudget(
    BudgetScope Scope, BudgetUnit Unit, BudgetPeriodLength Period, long Limit, string? Subject = null, bool? Hard = null, int? WarnPercent = null, string? Contact = null, string? Tenant = null)
    : BudgetTerms(Limit, Hard, WarnPercent, Contact)
{
    private const int LongestId = 200;

    public ProblemResult? Check()
    {
        var named = !string.IsNullOrWhiteSpace(Subject);
        if (named == Scope is BudgetScope.Tenant or BudgetScope.EachUser)
            return BudgetProblems.Wrong("subject", "an id for department, user and api-key, absent for tenant and each-user",
                "eine Kennung bei department, user und api-key, sonst nichts");
        if (Subject?.Length > LongestId || Subject?.Any(char.IsControl) == true || Tenant?.Length > LongestId || Tenant?.Any(char.IsControl) == true)
            return BudgetProblems.Wrong(Tenant?.Length > LongestId ? "tenant" : "subject", $"at most {LongestId} characters", $"höchstens {LongestId} Zeichen");
        if (Scope == BudgetScope.ApiKey && !Guid.TryParse(Subject, out _))
            return BudgetProblems.Wrong("subject", "the id of an API key", "die Kennung eines API-Schlüssels");
        return Check(Unit);
    }

    public Budget ToBudget(string tenant, bool byOperator, BillingOptions options) => ApplyTo(new Budget
    {
        Id = Guid.CreateVersion7(),
        Tenant = tenant,
        Scope = Scope,
        // As everywhere else ids of keys are written.
        Subject = Scope == BudgetScope.ApiKey ? Guid.Parse(Subject!).ToString() : Subject?.Trim() ?? "",
        Unit = Unit,
        Period = Period,
        ByOperator = byOperator,
        Version = 1,
    }, options);
}
