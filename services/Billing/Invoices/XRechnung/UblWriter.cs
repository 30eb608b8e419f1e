using System.Globalization;
using System.Text;
using System.Xml;
using LLMoin.Billing.Money;

namespace LLMoin.Billing.Invoices.XRechnung;

/// <summary>Writes UBL 2.1 (ISO/IEC 19845); never an empty element (PEPPOL-EN16931-R008), never a character that XML cannot hold.</summary>
internal sealed class UblWriter : IDisposable
{
    private const string Root = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private const string Aggregates = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private const string Basics = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private const string Currency = "EUR";

    private readonly XmlWriter _xml;

    public UblWriter(Stream output)
    {
        _xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        _xml.WriteStartElement("Invoice", Root);
        _xml.WriteAttributeString("xmlns", "cac", null, Aggregates);
        _xml.WriteAttributeString("xmlns", "cbc", null, Basics);
    }

    /// <summary>A group with what <paramref name="content"/> writes.</summary>
    public void Group(string name, Action content)
    {
        _xml.WriteStartElement("cac", name, Aggregates);
        content();
        _xml.WriteEndElement();
    }

    /// <summary>Nothing where the text is empty.</summary>
    public void Text(string name, string text, string? attribute = null, string? value = null)
    {
        var clean = Clean(text);
        if (clean.Length == 0)
            return;
        _xml.WriteStartElement("cbc", name, Basics);
        if (attribute is not null)
            _xml.WriteAttributeString(attribute, value);
        _xml.WriteString(clean);
        _xml.WriteEndElement();
    }

    public void Amount(string name, Cents amount) => Text(name, amount.ToString(), "currencyID", Currency);

    public void Quantity(string name, long quantity, string unit) => Text(name, quantity.ToString(CultureInfo.InvariantCulture), "unitCode", unit);

    /// <summary>Nothing where there is no date.</summary>
    public void Date(string name, DateOnly? date) => Text(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    private static string Clean(string text)
        => text.All(XmlConvert.IsXmlChar) ? text.Trim() : string.Concat(text.EnumerateRunes().Where(IsXml).Select(rune => rune.ToString())).Trim();

    /// <summary>Half a pair of surrogates reads as U+FFFD, which XML holds; of the others a whole pair is fine.</summary>
    private static bool IsXml(Rune rune) => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
}
