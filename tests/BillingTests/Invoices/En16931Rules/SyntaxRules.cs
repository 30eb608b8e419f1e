using System.Xml.Linq;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>
/// UBL 2.1: the order of the schema, and only elements to which EN 16931 gives a meaning (CEN/TS 16931-3-2; "UBL-CR", "UBL-SR", "UBL-DT").
/// </summary>
internal static class SyntaxRules
{
    /// <summary>What may stand in what, in the schema's order; all but those after a <c>*</c> once at most.</summary>
    private static readonly Dictionary<string, string[]> Sequences = new()
    {
        ["Invoice"] =
        [
            "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note", "TaxPointDate", "DocumentCurrencyCode", "TaxCurrencyCode", "AccountingCost", "BuyerReference",
            "InvoicePeriod", "OrderReference", "BillingReference", "ContractDocumentReference", "AccountingSupplierParty", "AccountingCustomerParty", "Delivery", "PaymentMeans", "PaymentTerms",
            "TaxTotal", "LegalMonetaryTotal", "*InvoiceLine",
        ],
        ["Party"] = ["EndpointID", "PartyIdentification", "PartyName", "PostalAddress", "*PartyTaxScheme", "PartyLegalEntity", "Contact"],
        ["PostalAddress"] = ["StreetName", "AdditionalStreetName", "CityName", "PostalZone", "CountrySubentity", "AddressLine", "Country"],
        ["PartyTaxScheme"] = ["CompanyID", "TaxScheme"],
        ["PartyLegalEntity"] = ["RegistrationName", "CompanyID", "CompanyLegalForm"],
        ["Contact"] = ["Name", "Telephone", "ElectronicMail"],
        ["InvoicePeriod"] = ["StartDate", "EndDate", "DescriptionCode"],
        ["PaymentMeans"] = ["PaymentMeansCode", "PaymentID", "PayeeFinancialAccount"],
        ["PayeeFinancialAccount"] = ["ID", "Name", "FinancialInstitutionBranch"],
        ["TaxTotal"] = ["TaxAmount", "*TaxSubtotal"],
        ["TaxSubtotal"] = ["TaxableAmount", "TaxAmount", "TaxCategory"],
        ["TaxCategory"] = ["ID", "Percent", "TaxExemptionReasonCode", "TaxExemptionReason", "TaxScheme"],
        ["ClassifiedTaxCategory"] = ["ID", "Percent", "TaxScheme"],
        ["LegalMonetaryTotal"] = ["LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "AllowanceTotalAmount", "ChargeTotalAmount", "PrepaidAmount", "PayableRoundingAmount", "PayableAmount"],
        ["InvoiceLine"] = ["ID", "Note", "InvoicedQuantity", "LineExtensionAmount", "AccountingCost", "InvoicePeriod", "OrderLineReference", "*AllowanceCharge", "Item", "Price"],
        ["AllowanceCharge"] = ["ChargeIndicator", "AllowanceChargeReasonCode", "AllowanceChargeReason", "MultiplierFactorNumeric", "Amount", "BaseAmount"],
        ["Item"] = ["Description", "Name", "ClassifiedTaxCategory"],
        ["Price"] = ["PriceAmount", "BaseQuantity"],
        ["BillingReference"] = ["InvoiceDocumentReference"],
        ["InvoiceDocumentReference"] = ["ID", "IssueDate"],
    };

    private static readonly XElement Extension = new(Ubl.Cbc + "UUID", "b4f5581c-0000-7000-8000-000000000000");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("UBL-XSD", "//*[*]", InOrder, new(invoice =>
        {
            var note = invoice.Element(Ubl.Cbc + "Note")!;
            note.Remove();
            invoice.Add(note);
            return true;
        })),
        new("UBL-CR-005", ".", invoice => !invoice.Has("cbc:UUID"), Insert("cbc:ID", Extension, after: true)),
        new("UBL-SR-12", "cac:AccountingSupplierParty/cac:Party", seller => seller.Count("cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']") <= 1,
            Repeat("cac:AccountingSupplierParty//cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']")),
        new("UBL-SR-48", "cac:InvoiceLine", line => line.Count("cac:Item/cac:ClassifiedTaxCategory") == 1, Repeat("cac:InvoiceLine//cac:ClassifiedTaxCategory")),
        new("UBL-DT-01", "//*[@currencyID][not(self::cbc:PriceAmount)]", amount => amount.Number(".") is not null && Ubl.Decimals(amount.Value) <= 2,
            Set("cac:LegalMonetaryTotal/cbc:PayableAmount", "1.234,5")),
    ];

    private static bool InOrder(XElement element)
    {
        if (!Sequences.TryGetValue(element.Name.LocalName, out var sequence))
            return element.Elements().All(child => child.Name.Namespace == Ubl.Cac || child.Name.Namespace == Ubl.Cbc);
        var last = -1;
        foreach (var child in element.Elements())
        {
            var at = Array.FindIndex(sequence, name => name.TrimStart('*') == child.Name.LocalName);
            if (at < last || at < 0 || (at == last && !sequence[at].StartsWith('*')))
                return false;
            last = at;
        }

        return true;
    }
}
