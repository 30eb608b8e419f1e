using System.Xml.Linq;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>How amounts hang together and how many decimals they have: EN 16931-1, "BR-CO" and "BR-DEC"; to the cent, without the tolerance that validators grant.</summary>
internal static class TotalRules
{
    private const string Totals = "cac:LegalMonetaryTotal";
    private const string Line = "cac:InvoiceLine";
    private const string Breakdown = "cac:TaxTotal/cac:TaxSubtotal";
    private const string VatIds = "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT'] | cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']";

    private static readonly XElement TaxPoint = new(Ubl.Cbc + "TaxPointDate", "2026-11-30");
    private static readonly XElement PeriodCode = new(Ubl.Cbc + "DescriptionCode", "35");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-CO-03", ".", invoice => !invoice.Has("cbc:TaxPointDate") || !invoice.Has("cac:InvoicePeriod/cbc:DescriptionCode"),
            new(invoice => Insert("cbc:Note", TaxPoint, after: true).Apply(invoice) && Insert("cac:InvoicePeriod", PeriodCode).Apply(invoice))),
        new("BR-CO-04", Line, line => line.Has("cac:Item/cac:ClassifiedTaxCategory/cbc:ID"), Remove($"{Line}/cac:Item/cac:ClassifiedTaxCategory")),
        new("BR-CO-09", VatIds, party => CodeRules.Countries.Contains(party.Text("cbc:CompanyID")[..2]),
            Set("cac:AccountingSupplierParty//cac:PartyTaxScheme[1]/cbc:CompanyID", "123456789")),
        new("BR-CO-10", ".", invoice => invoice.Number($"{Totals}/cbc:LineExtensionAmount") == invoice.All(Line).Sum("cbc:LineExtensionAmount"),
            Add($"{Line}[1]/cbc:LineExtensionAmount", 0.01m)),
        new("BR-CO-13", Totals, totals => totals.Number("cbc:TaxExclusiveAmount") == totals.Number("cbc:LineExtensionAmount"), Add($"{Totals}/cbc:TaxExclusiveAmount", 0.01m)),
        new("BR-CO-14", "cac:TaxTotal", total => total.Number("cbc:TaxAmount") == total.All("cac:TaxSubtotal").Sum("cbc:TaxAmount"), Add("cac:TaxTotal/cbc:TaxAmount", -0.01m)),
        new("BR-CO-15", ".", invoice => invoice.Number($"{Totals}/cbc:TaxInclusiveAmount") == invoice.Number($"{Totals}/cbc:TaxExclusiveAmount") + invoice.Number("cac:TaxTotal/cbc:TaxAmount"),
            Add($"{Totals}/cbc:TaxInclusiveAmount", 0.01m)),
        new("BR-CO-16", Totals, totals => totals.Number("cbc:PayableAmount") == totals.Number("cbc:TaxInclusiveAmount") - (totals.Number("cbc:PrepaidAmount") ?? 0),
            Add($"{Totals}/cbc:PayableAmount", 1)),
        new("BR-CO-17", Breakdown, part => part.Number("cbc:TaxAmount") == Ubl.Cents(part.Number("cbc:TaxableAmount") * part.Number("cac:TaxCategory/cbc:Percent") / 100),
            Add($"{Breakdown}[1]/cbc:TaxAmount", 0.01m)),
        new("BR-CO-18", ".", invoice => invoice.Has(Breakdown), Remove(Breakdown)),
        new("BR-CO-19", "cac:InvoicePeriod", period => period.Has("cbc:StartDate") || period.Has("cbc:EndDate"), Remove("cac:InvoicePeriod/*")),
        new("BR-CO-23", $"{Line}/cac:AllowanceCharge", allowance => allowance.Has("cbc:AllowanceChargeReason"), Set($"{Line}/cac:AllowanceCharge/cbc:AllowanceChargeReason", "")),
        new("BR-CO-25", ".", invoice => invoice.Number($"{Totals}/cbc:PayableAmount") <= 0 || invoice.Has("cbc:DueDate") || invoice.Has("cac:PaymentTerms/cbc:Note"),
            Remove("cbc:DueDate | cac:PaymentTerms")),
        new("BR-CO-26", "cac:AccountingSupplierParty/cac:Party", seller => seller.Has("cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID") || seller.Has("cac:PartyLegalEntity/cbc:CompanyID"),
            Remove("cac:AccountingSupplierParty//cbc:CompanyID")),
        TwoDecimals("BR-DEC-09", $"{Totals}/cbc:LineExtensionAmount"),
        TwoDecimals("BR-DEC-12", $"{Totals}/cbc:TaxExclusiveAmount"),
        TwoDecimals("BR-DEC-13", "cac:TaxTotal/cbc:TaxAmount"),
        TwoDecimals("BR-DEC-14", $"{Totals}/cbc:TaxInclusiveAmount"),
        TwoDecimals("BR-DEC-18", $"{Totals}/cbc:PayableAmount"),
        TwoDecimals("BR-DEC-19", $"{Breakdown}/cbc:TaxableAmount"),
        TwoDecimals("BR-DEC-20", $"{Breakdown}/cbc:TaxAmount"),
        TwoDecimals("BR-DEC-23", $"{Line}/cbc:LineExtensionAmount"),
        TwoDecimals("BR-DEC-24", $"{Line}/cac:AllowanceCharge/cbc:Amount"),
    ];

    private static Rule TwoDecimals(string id, string path) => new(id, path, amount => Ubl.Decimals(amount.Value) <= 2, Set(path, "1.005"));
}
