using System.Globalization;
using LLMoin.Billing.Money;
using LLMoin.Billing.Statements;

namespace LLMoin.Billing.Invoices.XRechnung;

/// <summary>VAT breakdown, totals and lines (BG-22, BG-23, BG-25).</summary>
internal static class AmountWriter
{
    public static void Write(UblWriter ubl, Invoice invoice)
    {
        ubl.Group("TaxTotal", () =>
        {
            ubl.Amount("TaxAmount", invoice.Totals.Vat);                                          // BT-110
            foreach (var part in invoice.Vat)
                ubl.Group("TaxSubtotal", () => WriteSubtotal(ubl, part));
        });
        ubl.Group("LegalMonetaryTotal", () =>
        {
            ubl.Amount("LineExtensionAmount", invoice.Totals.Net);                                // BT-106
            ubl.Amount("TaxExclusiveAmount", invoice.Totals.Net);                                 // BT-109
            ubl.Amount("TaxInclusiveAmount", invoice.Totals.Gross);                               // BT-112
            ubl.Amount("PayableAmount", invoice.Totals.Gross);                                    // BT-115
        });
        foreach (var (index, line) in invoice.Lines.Index())
            ubl.Group("InvoiceLine", () => WriteLine(ubl, index + 1, line));
    }

    private static void WriteSubtotal(UblWriter ubl, VatSubtotal part)
    {
        ubl.Amount("TaxableAmount", part.Taxable);                                                // BT-116
        ubl.Amount("TaxAmount", part.Amount);                                                     // BT-117
        WriteTax(ubl, "TaxCategory", part.Tax, isBreakdown: true);
    }

    private static void WriteLine(UblWriter ubl, int number, StatementLine line)
    {
        ubl.Text("ID", number.ToString(CultureInfo.InvariantCulture));                            // BT-126
        ubl.Quantity("InvoicedQuantity", line.Quantity, line.Unit);                               // BT-129, BT-130
        ubl.Amount("LineExtensionAmount", line.Net);                                              // BT-131
        ubl.Text("AccountingCost", CostCentre(line));                                             // BT-133
        if (line.Allowance != Cents.Zero)
            ubl.Group("AllowanceCharge", () =>
            {
                ubl.Text("ChargeIndicator", "false");
                ubl.Text("AllowanceChargeReason", line.AllowanceReason.Length > 0 ? line.AllowanceReason : "Rabatt");  // BT-139
                ubl.Amount("Amount", line.Allowance);                                             // BT-136
            });
        ubl.Group("Item", () =>
        {
            ubl.Text("Name", line.Description);                                                   // BT-153
            WriteTax(ubl, "ClassifiedTaxCategory", line.Tax, isBreakdown: false);
        });
        ubl.Group("Price", () =>
        {
            ubl.Amount("PriceAmount", line.UnitPrice);                                            // BT-146
            ubl.Quantity("BaseQuantity", line.BaseQuantity, line.Unit);                           // BT-149, BT-150
        });
    }

    private static void WriteTax(UblWriter ubl, string name, Tax tax, bool isBreakdown) => ubl.Group(name, () =>
    {
        ubl.Text("ID", tax.Category);                                                             // BT-118, BT-151
        ubl.Text("Percent", tax.Percent.ToString(CultureInfo.InvariantCulture));                  // BT-119, BT-152
        if (isBreakdown && tax == Tax.ReverseCharge)
        {
            ubl.Text("TaxExemptionReasonCode", "VATEX-EU-AE");                                    // BT-121
            ubl.Text("TaxExemptionReason", InvoiceText.ReverseCharge);                            // BT-120
        }

        ubl.Group("TaxScheme", () => ubl.Text("ID", "VAT"));
    });

    /// <summary>The line has room for one; where several share it, they stand in PDF, CSV and JSON.</summary>
    private static string CostCentre(StatementLine line)
        => line.Shares.Select(share => share.CostCentre).Distinct().ToList() is [var only] ? only : "";
}
