using System.Xml.Linq;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>The rules of Peppol BIS Billing 3.0 that XRechnung takes over, as far as our invoices have what they are about.</summary>
internal static class PeppolRules
{
    private const string Line = "cac:InvoiceLine";
    private const string Allowance = "cac:InvoiceLine/cac:AllowanceCharge";

    private static readonly XElement TaxCurrency = new(Ubl.Cbc + "TaxCurrencyCode", "EUR");
    private static readonly XElement Factor = new(Ubl.Cbc + "MultiplierFactorNumeric", "10");
    private static readonly XElement Base = new(Ubl.Cbc + "BaseAmount", "0.01");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PEPPOL-EN16931-R001", ".", invoice => invoice.Text("cbc:ProfileID") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", Remove("cbc:ProfileID")),
        new("PEPPOL-EN16931-R005", ".", invoice => invoice.Text("cbc:TaxCurrencyCode") != invoice.Text("cbc:DocumentCurrencyCode"), Insert("cbc:DocumentCurrencyCode", TaxCurrency, after: true)),
        new("PEPPOL-EN16931-R008", "//*[not(*)]", element => element.Value.Trim().Length > 0, Set("cbc:Note", "")),
        new("PEPPOL-EN16931-R010", "cac:AccountingCustomerParty/cac:Party", buyer => buyer.Has("cbc:EndpointID"), Remove("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID")),
        new("PEPPOL-EN16931-R020", "cac:AccountingSupplierParty/cac:Party", seller => seller.Has("cbc:EndpointID"), Remove("cac:AccountingSupplierParty/cac:Party/cbc:EndpointID")),
        new("PEPPOL-EN16931-R040", $"{Allowance}[cbc:MultiplierFactorNumeric and cbc:BaseAmount]",
            allowance => allowance.Number("cbc:Amount") == Ubl.Cents(allowance.Number("cbc:BaseAmount") * allowance.Number("cbc:MultiplierFactorNumeric") / 100),
            new(invoice => Insert(Allowance, Factor).Apply(invoice) && Insert(Allowance, Base).Apply(invoice))),
        new("PEPPOL-EN16931-R041", $"{Allowance}[cbc:MultiplierFactorNumeric]", allowance => allowance.Has("cbc:BaseAmount"), Insert(Allowance, Factor)),
        new("PEPPOL-EN16931-R042", $"{Allowance}[cbc:BaseAmount]", allowance => allowance.Has("cbc:MultiplierFactorNumeric"), Insert(Allowance, Base)),
        new("PEPPOL-EN16931-R043", "//cac:AllowanceCharge", allowance => allowance.Text("cbc:ChargeIndicator") is "true" or "false", Set("//cac:AllowanceCharge/cbc:ChargeIndicator", "0")),
        new("PEPPOL-EN16931-R053", ".", invoice => invoice.Count("cac:TaxTotal[cac:TaxSubtotal]") == 1, Repeat("cac:TaxTotal")),
        new("PEPPOL-EN16931-R120", Line, line => line.Number("cbc:LineExtensionAmount")
                == Ubl.Cents(line.Number("cbc:InvoicedQuantity") * line.Number("cac:Price/cbc:PriceAmount") / line.Number("cac:Price/cbc:BaseQuantity")) - line.All("cac:AllowanceCharge").Sum("cbc:Amount"),
            Add($"{Line}[1]/cbc:InvoicedQuantity", 1)),
        new("PEPPOL-EN16931-R121", $"{Line}/cac:Price/cbc:BaseQuantity", quantity => quantity.Number(".") > 0, Set($"{Line}/cac:Price/cbc:BaseQuantity", "-1")),
        new("PEPPOL-EN16931-R130", Line, line => line.Attribute("cac:Price/cbc:BaseQuantity", "unitCode") == line.Attribute("cbc:InvoicedQuantity", "unitCode"),
            Set($"{Line}/cac:Price/cbc:BaseQuantity", "unitCode", "ANN")),
    ];
}
