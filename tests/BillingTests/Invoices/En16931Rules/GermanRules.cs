using System.Text.RegularExpressions;
using System.Xml.Linq;
using static LLMoin.BillingTests.Invoices.En16931Rules.Change;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>What XRechnung 3.0 asks for beyond EN 16931: "BR-DE".</summary>
internal static partial class GermanRules
{
    private const string Seller = "cac:AccountingSupplierParty/cac:Party";
    private const string Buyer = "cac:AccountingCustomerParty/cac:Party";
    private const string Transfer = "cac:PaymentMeans[cbc:PaymentMeansCode='58' or cbc:PaymentMeansCode='30']";

    private static readonly XElement Card = new(Ubl.Cac + "CardAccount", new XElement(Ubl.Cbc + "PrimaryAccountNumberID", "1234"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-DE-1", ".", invoice => invoice.Has("cac:PaymentMeans"), Remove("cac:PaymentMeans")),
        new("BR-DE-2", Seller, seller => seller.Has("cac:Contact"), Remove($"{Seller}/cac:Contact")),
        new("BR-DE-3", $"{Seller}/cac:PostalAddress", address => address.Has("cbc:CityName"), Remove($"{Seller}//cbc:CityName")),
        new("BR-DE-4", $"{Seller}/cac:PostalAddress", address => address.Has("cbc:PostalZone"), Remove($"{Seller}//cbc:PostalZone")),
        new("BR-DE-5", $"{Seller}/cac:Contact", contact => contact.Has("cbc:Name"), Remove($"{Seller}/cac:Contact/cbc:Name")),
        new("BR-DE-6", $"{Seller}/cac:Contact", contact => contact.Has("cbc:Telephone"), Remove($"{Seller}/cac:Contact/cbc:Telephone")),
        new("BR-DE-7", $"{Seller}/cac:Contact", contact => contact.Has("cbc:ElectronicMail"), Remove($"{Seller}/cac:Contact/cbc:ElectronicMail")),
        new("BR-DE-8", $"{Buyer}/cac:PostalAddress", address => address.Has("cbc:CityName"), Remove($"{Buyer}//cbc:CityName")),
        new("BR-DE-9", $"{Buyer}/cac:PostalAddress", address => address.Has("cbc:PostalZone"), Remove($"{Buyer}//cbc:PostalZone")),
        new("BR-DE-15", ".", invoice => invoice.Has("cbc:BuyerReference"), Remove("cbc:BuyerReference")),
        new("BR-DE-16", ".", invoice => invoice.Has($"{Seller}/cac:PartyTaxScheme/cbc:CompanyID"), Remove($"{Seller}/cac:PartyTaxScheme")),
        new("BR-DE-17", "cbc:InvoiceTypeCode", code => code.Value is "326" or "380" or "384" or "389" or "381" or "875" or "876" or "877", Set("cbc:InvoiceTypeCode", "388")),
        new("BR-DE-18", "cac:PaymentTerms/cbc:Note", note => !note.Value.Split('\n').Any(line => line.Trim().StartsWith('#')), Set("cac:PaymentTerms/cbc:Note", "#SKONTO 2 % in 10 Tagen#")),
        new("BR-DE-19", "cac:PaymentMeans[cbc:PaymentMeansCode='58']", payment => IsIban(payment.Text("cac:PayeeFinancialAccount/cbc:ID")),
            Set("//cac:PayeeFinancialAccount/cbc:ID", "DE02120300000000202052")),
        new("BR-DE-21", ".", invoice => invoice.Text("cbc:CustomizationID") == "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            Set("cbc:CustomizationID", "urn:cen.eu:en16931:2017")),
        new("BR-DE-23-a", Transfer, payment => payment.Has("cac:PayeeFinancialAccount"), Remove("//cac:PayeeFinancialAccount")),
        new("BR-DE-23-b", Transfer, payment => !payment.Has("cac:CardAccount") && !payment.Has("cac:PaymentMandate"), Insert(Transfer, Card)),
        new("BR-DE-26", ".", invoice => invoice.Text("cbc:InvoiceTypeCode") != "384" || invoice.Has("cac:BillingReference/cac:InvoiceDocumentReference"), Remove("cac:BillingReference")),
        new("BR-DE-27", $"{Seller}/cac:Contact", contact => contact.Text("cbc:Telephone").Count(char.IsAsciiDigit) >= 3, Set($"{Seller}/cac:Contact/cbc:Telephone", "auf Anfrage")),
        new("BR-DE-28", $"{Seller}/cac:Contact", contact => Mail().IsMatch(contact.Text("cbc:ElectronicMail")),
            Set($"{Seller}/cac:Contact/cbc:ElectronicMail", "rechnung(at)betreiber.example")),
        new("BR-DE-TMP-32", ".", invoice => invoice.Has("cac:InvoicePeriod") || invoice.Has("cac:Delivery/cbc:ActualDeliveryDate"), Remove("cac:InvoicePeriod")),
    ];

    /// <summary>ISO 13616: country and check digits to the end, letters as numbers, remainder 1.</summary>
    private static bool IsIban(string text) => text.Length > 4 && text.All(char.IsAsciiLetterOrDigit)
        && System.Numerics.BigInteger.Parse(string.Concat((text[4..] + text[..4]).Select(letter => char.IsAsciiDigit(letter) ? letter - '0' : char.ToUpperInvariant(letter) - 'A' + 10)),
            System.Globalization.CultureInfo.InvariantCulture) % 97 == 1;

    [GeneratedRegex(@"\A[^\s@.][^\s@]*[^\s@.]@[^\s@.][^\s@]*[^\s@.]\z")]
    private static partial Regex Mail();
}
