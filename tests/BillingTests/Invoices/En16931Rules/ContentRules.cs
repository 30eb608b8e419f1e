using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>What an invoice has to hold: EN 16931-1, table of business rules "BR".</summary>
internal static class ContentRules
{
    private const string Seller = "cac:AccountingSupplierParty/cac:Party";
    private const string Buyer = "cac:AccountingCustomerParty/cac:Party";
    private const string Totals = "cac:LegalMonetaryTotal";
    private const string Line = "cac:InvoiceLine";
    private const string Allowance = "cac:InvoiceLine/cac:AllowanceCharge";
    private const string Breakdown = "cac:TaxTotal/cac:TaxSubtotal";
    private const string Payment = "cac:PaymentMeans";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-01", ".", invoice => invoice.Has("cbc:CustomizationID"), Remove("cbc:CustomizationID")),
        new("BR-02", ".", invoice => invoice.Has("cbc:ID"), Remove("cbc:ID")),
        new("BR-03", ".", invoice => DateOnly.TryParseExact(invoice.Text("cbc:IssueDate"), "yyyy-MM-dd", out _), Remove("cbc:IssueDate")),
        new("BR-04", ".", invoice => invoice.Has("cbc:InvoiceTypeCode"), Remove("cbc:InvoiceTypeCode")),
        new("BR-05", ".", invoice => invoice.Has("cbc:DocumentCurrencyCode"), Remove("cbc:DocumentCurrencyCode")),
        new("BR-06", ".", invoice => invoice.Has($"{Seller}/cac:PartyLegalEntity/cbc:RegistrationName"), Remove($"{Seller}/cac:PartyLegalEntity/cbc:RegistrationName")),
        new("BR-07", ".", invoice => invoice.Has($"{Buyer}/cac:PartyLegalEntity/cbc:RegistrationName"), Remove($"{Buyer}/cac:PartyLegalEntity/cbc:RegistrationName")),
        new("BR-08", ".", invoice => invoice.Has($"{Seller}/cac:PostalAddress"), Remove($"{Seller}/cac:PostalAddress")),
        new("BR-09", $"{Seller}/cac:PostalAddress", address => address.Has("cac:Country/cbc:IdentificationCode"), Remove($"{Seller}/cac:PostalAddress/cac:Country")),
        new("BR-10", ".", invoice => invoice.Has($"{Buyer}/cac:PostalAddress"), Remove($"{Buyer}/cac:PostalAddress")),
        new("BR-11", $"{Buyer}/cac:PostalAddress", address => address.Has("cac:Country/cbc:IdentificationCode"), Remove($"{Buyer}/cac:PostalAddress/cac:Country")),
        new("BR-12", ".", invoice => invoice.Has($"{Totals}/cbc:LineExtensionAmount"), Remove($"{Totals}/cbc:LineExtensionAmount")),
        new("BR-13", ".", invoice => invoice.Has($"{Totals}/cbc:TaxExclusiveAmount"), Remove($"{Totals}/cbc:TaxExclusiveAmount")),
        new("BR-14", ".", invoice => invoice.Has($"{Totals}/cbc:TaxInclusiveAmount"), Remove($"{Totals}/cbc:TaxInclusiveAmount")),
        new("BR-15", ".", invoice => invoice.Has($"{Totals}/cbc:PayableAmount"), Remove($"{Totals}/cbc:PayableAmount")),
        new("BR-16", ".", invoice => invoice.Has(Line), Remove(Line)),
        new("BR-21", Line, line => line.Has("cbc:ID"), Remove($"{Line}[1]/cbc:ID")),
        new("BR-22", Line, line => line.Has("cbc:InvoicedQuantity"), Remove($"{Line}/cbc:InvoicedQuantity")),
        new("BR-23", Line, line => line.Attribute("cbc:InvoicedQuantity", "unitCode").Length > 0, Set($"{Line}[1]/cbc:InvoicedQuantity", "unitCode", null)),
        new("BR-24", Line, line => line.Has("cbc:LineExtensionAmount"), Remove($"{Line}[1]/cbc:LineExtensionAmount")),
        new("BR-25", Line, line => line.Has("cac:Item/cbc:Name"), Set($"{Line}[1]/cac:Item/cbc:Name", " ")),
        new("BR-26", Line, line => line.Has("cac:Price/cbc:PriceAmount"), Remove($"{Line}[1]/cac:Price")),
        new("BR-27", Line, line => line.Number("cac:Price/cbc:PriceAmount") >= 0, Set($"{Line}[1]/cac:Price/cbc:PriceAmount", "-4.90")),
        new("BR-29", "cac:InvoicePeriod", period => string.CompareOrdinal(period.Text("cbc:EndDate"), period.Text("cbc:StartDate")) >= 0,
            Set("cac:InvoicePeriod/cbc:EndDate", "1999-12-31")),
        new("BR-41", Allowance, allowance => allowance.Has("cbc:Amount"), Remove($"{Allowance}/cbc:Amount")),
        new("BR-42", Allowance, allowance => allowance.Has("cbc:AllowanceChargeReason"), Remove($"{Allowance}/cbc:AllowanceChargeReason")),
        new("BR-45", Breakdown, part => part.Has("cbc:TaxableAmount"), Remove($"{Breakdown}/cbc:TaxableAmount")),
        new("BR-46", Breakdown, part => part.Has("cbc:TaxAmount"), Remove($"{Breakdown}[1]/cbc:TaxAmount")),
        new("BR-47", Breakdown, part => part.Has("cac:TaxCategory/cbc:ID"), Remove($"{Breakdown}/cac:TaxCategory/cbc:ID")),
        new("BR-48", Breakdown, part => part.Has("cac:TaxCategory/cbc:Percent"), Remove($"{Breakdown}/cac:TaxCategory/cbc:Percent")),
        new("BR-49", Payment, payment => payment.Has("cbc:PaymentMeansCode"), Remove($"{Payment}/cbc:PaymentMeansCode")),
        new("BR-50", $"{Payment}/cac:PayeeFinancialAccount", account => account.Has("cbc:ID"), Remove($"{Payment}/cac:PayeeFinancialAccount/cbc:ID")),
        new("BR-55", "cac:BillingReference", preceding => preceding.Has("cac:InvoiceDocumentReference/cbc:ID"), Remove("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")),
        new("BR-61", $"{Payment}[cbc:PaymentMeansCode='58' or cbc:PaymentMeansCode='30']", payment => payment.Has("cac:PayeeFinancialAccount/cbc:ID"),
            Remove($"{Payment}/cac:PayeeFinancialAccount")),
        new("BR-62", $"{Seller}/cbc:EndpointID", endpoint => endpoint.Attribute(".", "schemeID").Length > 0, Set($"{Seller}/cbc:EndpointID", "schemeID", null)),
        new("BR-63", $"{Buyer}/cbc:EndpointID", endpoint => endpoint.Attribute(".", "schemeID").Length > 0, Set($"{Buyer}/cbc:EndpointID", "schemeID", null)),
    ];
}
