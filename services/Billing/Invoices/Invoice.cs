using System.Text.Json.Serialization;
using LLMoin.Billing.Accounts;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;

namespace LLMoin.Billing.Invoices;

[JsonConverter(typeof(JsonStringEnumConverter<InvoiceKind>))]
internal enum InvoiceKind
{
    /// <summary>Commercial invoice, 380 of UNTDID 1001; its total is negative where more is given back than used.</summary>
    [JsonStringEnumMemberName("invoice")]
    Invoice,

    /// <summary>
    /// Takes an invoice back as a whole: 384, corrected invoice, with every quantity negated and the invoice named. 381, credit note, is in UBL
    /// another document and in German law the buyer's own invoice (§ 14 (2) UStG); BR-DE-17 and BR-DE-26 provide for 384.
    /// </summary>
    [JsonStringEnumMemberName("cancellation")]
    Cancellation,
}

/// <summary>An invoice with all that it was issued from; never changed.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Number">BT-1, e.g. <c>LM-2026-000001</c>: without gaps for each seller and year.</param>
/// <param name="Kind">BT-3.</param>
/// <param name="IssuedOn">BT-2, in <c>Billing:TimeZone</c>.</param>
/// <param name="DueOn">BT-9; null where nothing is to be paid.</param>
/// <param name="Month">The invoicing period (BG-14).</param>
/// <param name="Seller">BG-4.</param>
/// <param name="Buyer">BG-7: the account as it was.</param>
/// <param name="Lines">BG-25, at least one.</param>
/// <param name="Vat">BG-23: one for each category and rate among the lines.</param>
/// <param name="Totals">BG-22.</param>
/// <param name="Preceding">BG-3: what a cancellation cancels; null for an invoice.</param>
/// <param name="Reason">Why it is cancelled; empty for an invoice.</param>
/// <param name="StatementId">Which statement it bills.</param>
/// <param name="LedgerSeq">The last entry of the tenant's ledger in it.</param>
/// <param name="LedgerHash">That entry's hash, lower-case hexadecimal.</param>
internal sealed record Invoice(
    Guid Id, string Number, InvoiceKind Kind, DateOnly IssuedOn, DateOnly? DueOn, BillingMonth Month, Seller Seller, BillingAccount Buyer,
    IReadOnlyList<StatementLine> Lines, IReadOnlyList<VatSubtotal> Vat, InvoiceTotals Totals, PrecedingInvoice? Preceding, string Reason,
    Guid StatementId, long LedgerSeq, string LedgerHash)
{
    /// <summary>Whether the buyer has to pay something.</summary>
    [JsonIgnore]
    public bool IsPayable => Totals.Gross > Cents.Zero;
}

/// <param name="Tax">Category and rate (BT-118, BT-119).</param>
/// <param name="Taxable">BT-116: the sum of these lines.</param>
/// <param name="Amount">BT-117.</param>
internal sealed record VatSubtotal(Tax Tax, Cents Taxable, Cents Amount);

/// <param name="Net">Sum of the lines (BT-106), and as there is no allowance on the whole, without VAT (BT-109).</param>
/// <param name="Vat">BT-110.</param>
/// <param name="Gross">BT-112; nothing is ever paid before, so it is also what is due (BT-115).</param>
internal sealed record InvoiceTotals(Cents Net, Cents Vat, Cents Gross);

internal sealed record PrecedingInvoice(Guid Id, string Number, DateOnly IssuedOn);
