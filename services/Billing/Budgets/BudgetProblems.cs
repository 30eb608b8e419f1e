using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Budgets;

/// <summary>Why something about a budget is refused.</summary>
internal static class BudgetProblems
{
    private static readonly ProblemType Taken = new("budget-exists", 409, "There is such a budget already", "Ein solches Budget gibt es schon");

    public static ProblemResult Wrong(string field, string expected, string erwartet)
        => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field, $"{field}: {erwartet}.");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No budget with this id is there for you; GET /api/billing/budgets lists them.", "id",
        "Kein Budget mit dieser Kennung ist für Sie da; GET /api/billing/budgets nennt sie.");

    public static ProblemResult Exists => new(Taken, "Change the one with this scope, subject, unit and period instead.", null,
        "Bitte stattdessen das mit diesem Bereich, dieser Kennung, Einheit und Dauer ändern.");

    public static ProblemResult ByOperator => new(ProblemType.Forbidden, "The operator has set this budget; only operators change it.", null,
        "Dieses Budget hat der Betrieb gesetzt; nur er ändert es.");

    public static ProblemResult ByTenant => new(ProblemType.Forbidden, "The tenant has set this budget; set one of the operator's beside it: both bind.", null,
        "Dieses Budget hat der Mandant gesetzt; bitte daneben eines des Betriebs setzen: beide gelten.");

    public static ProblemResult OtherTenant => new(ProblemType.Forbidden, "Only operators set budgets of other tenants.", "tenant",
        "Budgets anderer Mandanten setzt nur der Betrieb.");
}
