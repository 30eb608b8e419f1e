using System.Collections.Frozen;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>Codes are those of their lists: EN 16931, "BR-CL". Of long lists, those that our invoices may use.</summary>
internal static class CodeRules
{
    public static readonly FrozenSet<string> Countries = Codes("AT BE BG CH CY CZ DE DK EE EL ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK");

    /// <summary>UNTDID 1001, those of an invoice in UBL.</summary>
    private static readonly FrozenSet<string> InvoiceTypes = Codes("80 82 84 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456 457 527 553 575 623 633 751 780 817 870 875 876 877 935");

    /// <summary>UNTDID 5305.</summary>
    private static readonly FrozenSet<string> VatCategories = Codes("AE L M E S Z G O K B");

    /// <summary>UNTDID 4461.</summary>
    private static readonly FrozenSet<string> PaymentMeans = Codes("1 10 20 30 31 48 49 54 55 57 58 59 68 93 97 ZZZ");

    /// <summary>UN/ECE Recommendation 20, those that tariffs use.</summary>
    private static readonly FrozenSet<string> Units = Codes("C62 H87 IE MON DAY HUR ANN E34 AD 4L 2P KMO XPP");

    /// <summary>Electronic Address Scheme.</summary>
    private static readonly FrozenSet<string> AddressSchemes = Codes("0002 0007 0009 0060 0088 0096 0130 0192 0204 9930 EM");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-CL-01", "cbc:InvoiceTypeCode", code => InvoiceTypes.Contains(code.Value), Set("cbc:InvoiceTypeCode", "381")),
        new("BR-CL-03", "//*[@currencyID]", amount => amount.Attribute(".", "currencyID") == "EUR", Set("cac:LegalMonetaryTotal/cbc:PayableAmount", "currencyID", "Euro")),
        new("BR-CL-04", "cbc:DocumentCurrencyCode", code => code.Value == "EUR", Set("cbc:DocumentCurrencyCode", "€")),
        new("BR-CL-14", "//cac:Country/cbc:IdentificationCode", code => Countries.Contains(code.Value), Set("//cac:Country/cbc:IdentificationCode", "Deutschland")),
        new("BR-CL-16", "cac:PaymentMeans/cbc:PaymentMeansCode", code => PaymentMeans.Contains(code.Value), Set("cac:PaymentMeans/cbc:PaymentMeansCode", "SEPA")),
        new("BR-CL-17", "//cac:TaxCategory/cbc:ID", code => VatCategories.Contains(code.Value), Set("//cac:TaxCategory/cbc:ID", "19")),
        new("BR-CL-18", "//cac:ClassifiedTaxCategory/cbc:ID", code => VatCategories.Contains(code.Value), Set("//cac:ClassifiedTaxCategory/cbc:ID", "X")),
        new("BR-CL-22", "//cbc:TaxExemptionReasonCode", code => code.Value.StartsWith("VATEX-EU-", StringComparison.Ordinal), Set("//cbc:TaxExemptionReasonCode", "13b")),
        new("BR-CL-23", "//*[@unitCode]", quantity => Units.Contains(quantity.Attribute(".", "unitCode")), Set("cac:InvoiceLine[1]/cbc:InvoicedQuantity", "unitCode", "Stück")),
        new("BR-CL-25", "//cbc:EndpointID", endpoint => AddressSchemes.Contains(endpoint.Attribute(".", "schemeID")), Set("//cbc:EndpointID", "schemeID", "SMTP")),
    ];

    private static FrozenSet<string> Codes(string list) => list.Split(' ').ToFrozenSet();
}
