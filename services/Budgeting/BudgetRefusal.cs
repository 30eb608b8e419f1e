using System.Globalization;
using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Budgeting;

/// <summary>Which budget does not suffice, when it begins anew and whom to ask; no figures, as they could be another person's.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="BeginsAnew">Null where that is not known.</param>
public sealed record BudgetRefusal(BudgetState Budget, DateTimeOffset? BeginsAnew)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public string Text => $"{Name} is spent or does not suffice for this. {Anew} Ask: {Budget.Contact}";

    public string TextDe => $"{NameDe} ist aufgebraucht oder reicht hierfür nicht. {AnewDe} Ansprechpartner: {Budget.Contact}";

    /// <summary>429, which is not worth sending again.</summary>
    public ProblemResult Problem => new(ProblemType.InsufficientQuota, Text, null, TextDe);

    private string Name => $"The {(Budget.Period == BudgetPeriodLength.Day ? "daily" : "monthly")} {(Budget.Unit == BudgetUnit.Tokens ? "token budget" : "cost budget")} of {Budget.Scope switch
    {
        BudgetScope.Tenant => "your organisation",
        BudgetScope.Department => "your department",
        BudgetScope.ApiKey => "this API key",
        _ => "yours",
    }}";

    private string NameDe => $"Das {(Budget.Period == BudgetPeriodLength.Day ? "Tagesbudget" : "Monatsbudget")} {(Budget.Unit == BudgetUnit.Tokens ? "an Token" : "für Kosten")} {Budget.Scope switch
    {
        BudgetScope.Tenant => "Ihrer Organisation",
        BudgetScope.Department => "Ihrer Abteilung",
        BudgetScope.ApiKey => "dieses API-Schlüssels",
        _ => "für Sie persönlich",
    }}";

    private string Anew => BeginsAnew is { } at ? $"It begins anew on {at.ToString("yyyy-MM-dd 'at' HH:mm", Plain)}." : "It begins anew soon.";

    private string AnewDe => BeginsAnew is { } at ? $"Es beginnt neu am {at.ToString("dd.MM.yyyy 'um' HH:mm", Plain)} Uhr." : "Es beginnt bald neu.";
}
