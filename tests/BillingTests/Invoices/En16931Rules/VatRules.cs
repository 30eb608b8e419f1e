using System.Xml.Linq;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>What each VAT category asks for: EN 16931-1, "BR-S" (standard and reduced), "BR-Z" (zero), "BR-AE" (reverse charge).</summary>
internal static class VatRules
{
    private const string Line = "cac:InvoiceLine";
    private const string LineTax = "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory";
    private const string Breakdown = "cac:TaxTotal/cac:TaxSubtotal";
    private const string SellerTax = "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme";
    private const string BuyerTax = "cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme";

    private static readonly XElement Reason = new(Ubl.Cbc + "TaxExemptionReason", "befreit");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-S-01", ".", invoice => !Uses(invoice, "S") || invoice.Count(Parts("S")) >= 1, Remove(Parts("S"))),
        new("BR-S-02", ".", invoice => !Uses(invoice, "S") || invoice.Has($"{SellerTax}/cbc:CompanyID"), Remove(SellerTax)),
        new("BR-S-05", $"{LineTax}[cbc:ID='S']", tax => tax.Number("cbc:Percent") > 0, Set($"{LineTax}[cbc:ID='S']/cbc:Percent", "0")),
        new("BR-S-08", Parts("S"), part => part.Number("cbc:TaxableAmount") == LinesOf(part).Sum("cbc:LineExtensionAmount"), Add($"{Parts("S")}/cbc:TaxableAmount", 0.01m)),
        new("BR-S-09", Parts("S"), part => part.Number("cbc:TaxAmount") == Ubl.Cents(part.Number("cbc:TaxableAmount") * part.Number("cac:TaxCategory/cbc:Percent") / 100),
            Add($"{Parts("S")}/cbc:TaxAmount", 0.01m)),
        new("BR-S-10", Parts("S"), WithoutReason, Insert($"{Parts("S")}/cac:TaxCategory/cbc:Percent", Reason, after: true)),

        new("BR-Z-01", ".", invoice => !Uses(invoice, "Z") || invoice.Count(Parts("Z")) == 1, Repeat(Parts("Z"))),
        new("BR-Z-02", ".", invoice => !Uses(invoice, "Z") || invoice.Has($"{SellerTax}/cbc:CompanyID"), Remove(SellerTax)),
        new("BR-Z-05", $"{LineTax}[cbc:ID='Z']", tax => tax.Number("cbc:Percent") == 0, Set($"{LineTax}[cbc:ID='Z']/cbc:Percent", "7")),
        new("BR-Z-08", Parts("Z"), part => part.Number("cbc:TaxableAmount") == LinesOf(part).Sum("cbc:LineExtensionAmount"), Add($"{Parts("Z")}/cbc:TaxableAmount", -0.01m)),
        new("BR-Z-09", Parts("Z"), part => part.Number("cbc:TaxAmount") == 0, Set($"{Parts("Z")}/cbc:TaxAmount", "0.01")),
        new("BR-Z-10", Parts("Z"), WithoutReason, Insert($"{Parts("Z")}/cac:TaxCategory/cbc:Percent", Reason, after: true)),

        new("BR-AE-01", ".", invoice => !Uses(invoice, "AE") || invoice.Count(Parts("AE")) == 1, Remove(Parts("AE"))),
        new("BR-AE-02", ".", invoice => !Uses(invoice, "AE") || (invoice.Has($"{SellerTax}/cbc:CompanyID") && invoice.Has($"{BuyerTax}/cbc:CompanyID")), Remove(BuyerTax)),
        new("BR-AE-05", $"{LineTax}[cbc:ID='AE']", tax => tax.Number("cbc:Percent") == 0, Set($"{LineTax}[cbc:ID='AE']/cbc:Percent", "19")),
        new("BR-AE-08", Parts("AE"), part => part.Number("cbc:TaxableAmount") == LinesOf(part).Sum("cbc:LineExtensionAmount"), Add($"{Parts("AE")}/cbc:TaxableAmount", 10)),
        new("BR-AE-09", Parts("AE"), part => part.Number("cbc:TaxAmount") == 0, Set($"{Parts("AE")}/cbc:TaxAmount", "1.00")),
        new("BR-AE-10", Parts("AE"), part => part.Text("cac:TaxCategory/cbc:TaxExemptionReasonCode") == "VATEX-EU-AE" || part.Has("cac:TaxCategory/cbc:TaxExemptionReason"),
            Remove("//cbc:TaxExemptionReasonCode | //cbc:TaxExemptionReason")),
    ];

    private static bool Uses(XElement invoice, string category) => invoice.Has($"{LineTax}[cbc:ID='{category}']");

    private static string Parts(string category) => $"{Breakdown}[cac:TaxCategory/cbc:ID='{category}']";

    private static bool WithoutReason(XElement part) => !part.Has("cac:TaxCategory/cbc:TaxExemptionReason") && !part.Has("cac:TaxCategory/cbc:TaxExemptionReasonCode");

    /// <summary>The invoice's lines of the same category and rate.</summary>
    private static IEnumerable<XElement> LinesOf(XElement part) => part.Document!.Root!.All(Line).Where(line =>
        line.Text("cac:Item/cac:ClassifiedTaxCategory/cbc:ID") == part.Text("cac:TaxCategory/cbc:ID")
        && line.Number("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent") == part.Number("cac:TaxCategory/cbc:Percent"));
}
