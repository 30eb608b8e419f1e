using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Invoices;

/// <summary>Expected failures of issuing, cancelling and reading invoices, each with the way out.</summary>
internal static class InvoiceProblems
{
    private static readonly ProblemType NoSeller = new("seller-incomplete", 409, "The seller's data are incomplete", "Die Angaben zum Rechnungssteller sind unvollständig");
    private static readonly ProblemType NotClosed = new("month-open", 409, "The month is not closed", "Der Monat ist nicht abgeschlossen");
    private static readonly ProblemType IsCancellation = new("cancellation-stands", 409, "A cancellation cannot be cancelled", "Eine Stornorechnung kann nicht storniert werden");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No invoice with this id is visible to you.", "id", "Keine Rechnung mit dieser Kennung ist für Sie sichtbar.");

    public static ProblemResult NotCancellable => new(IsCancellation, "Issue a new invoice for the month instead (POST /api/billing/invoices/issue with reissueCancelled).", "id",
        "Bitte stattdessen eine neue Rechnung für den Monat ausstellen (POST /api/billing/invoices/issue mit reissueCancelled).");

    public static ProblemResult ReasonMissing => new(ProblemType.InvalidRequest, "3 to 500 characters, which stand on the cancellation.", "reason",
        "3 bis 500 Zeichen, die auf der Stornorechnung stehen.");

    public static ProblemResult MonthMissing => new(ProblemType.InvalidRequest, "A month such as 2026-11.", "month", "Ein Monat wie 2026-11.");

    public static ProblemResult StateUnknown => new(ProblemType.InvalidRequest, "issued, cancelled or cancellation.", "state", "issued, cancelled oder cancellation.");

    public static ProblemResult MonthOpen(BillingMonth month) => new(NotClosed, $"There are no statements of {month} yet; close it first.", "month",
        $"Für {month} gibt es noch keine Abrechnungen; bitte den Monat zuerst abschließen.");

    public static ProblemResult SellerIncomplete(IReadOnlyList<string> keys) => new(NoSeller, $"Configure {string.Join(", ", keys)}, and restart.", null,
        $"Bitte {string.Join(", ", keys)} konfigurieren und neu starten.");
}
