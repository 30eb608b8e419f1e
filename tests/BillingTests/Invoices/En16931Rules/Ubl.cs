using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace LLMoin.BillingTests.Invoices.En16931Rules;

/// <summary>How rules read an invoice: by paths such as <c>cac:Party/cbc:EndpointID</c>, amounts as exact decimals.</summary>
internal static class Ubl
{
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    public static readonly XNamespace Invoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";

    private static readonly XmlNamespaceManager Prefixes = CreatePrefixes();

    public static XElement Read(byte[] xml) => XDocument.Parse(Encoding.UTF8.GetString(xml)).Root!;

    public static IReadOnlyList<XElement> All(this XElement element, string path) => [.. element.XPathSelectElements(path, Prefixes)];

    public static int Count(this XElement element, string path) => element.All(path).Count;

    /// <summary>Whether there is one with text in it.</summary>
    public static bool Has(this XElement element, string path) => element.All(path).Any(found => found.Value.Trim().Length > 0);

    /// <summary>Of the first; empty where there is none.</summary>
    public static string Text(this XElement element, string path) => element.All(path) is [var first, ..] ? first.Value.Trim() : "";

    /// <summary>Of the first; no number at all where it is none, so that no comparison holds.</summary>
    public static decimal? Number(this XElement element, string path)
        => decimal.TryParse(element.Text(path), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static decimal? Sum(this IEnumerable<XElement> elements, string path)
        => elements.Aggregate((decimal?)0, (sum, element) => sum + element.Number(path));

    public static string Attribute(this XElement element, string path, string name)
        => element.All(path) is [var first, ..] ? (string?)first.Attribute(name) ?? "" : "";

    /// <summary>Half a cent away from zero.</summary>
    public static decimal? Cents(decimal? amount) => amount is { } given ? Math.Round(given, 2, MidpointRounding.AwayFromZero) : null;

    public static int Decimals(string number) => number.Contains('.', StringComparison.Ordinal) ? number.Length - number.IndexOf('.', StringComparison.Ordinal) - 1 : 0;

    private static XmlNamespaceManager CreatePrefixes()
    {
        var prefixes = new XmlNamespaceManager(new NameTable());
        prefixes.AddNamespace("cac", Cac.NamespaceName);
        prefixes.AddNamespace("cbc", Cbc.NamespaceName);
        prefixes.AddNamespace("ubl", Invoice.NamespaceName);
        return prefixes;
    }
}
