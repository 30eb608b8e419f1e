using System.ComponentModel.DataAnnotations;

namespace LLMoin.Billing.Invoices;

/// <summary>Section <c>Billing:Invoices</c>.</summary>
internal sealed class InvoiceOptions
{
    public const string Section = "Billing:Invoices";

    /// <summary>What numbers begin with, before year and count.</summary>
    [RegularExpression("^[A-Z0-9]{1,10}$", ErrorMessage = "Billing:Invoices:NumberPrefix is 1 to 10 capital letters and digits.")]
    public string NumberPrefix { get; init; } = "LM";

    /// <summary>Whether a statement of zero gets an invoice too.</summary>
    public bool IssueZero { get; init; }
}
