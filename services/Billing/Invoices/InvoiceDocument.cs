using LLMoin.Billing.Accounts;
using LLMoin.Billing.Money;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;

namespace LLMoin.Billing.Invoices;

/// <summary>An invoice for people: a letter after DIN 5008 on the seller's paper. The invoice in law is the XML; this says so.</summary>
internal static class InvoiceDocument
{
    public static ExportDocument Of(Invoice invoice) => new()
    {
        Title = InvoiceText.Title(invoice),
        // The same for all time, so that the same invoice is the same file.
        Created = new DateTimeOffset(invoice.IssuedOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        Letterhead = Head(invoice.Seller),
        Letter = Fields(invoice),
        Blocks = [.. Blocks(invoice)],
    };

    private static Letterhead Head(Seller seller) => new(
        seller.Name, [seller.Address.Street, Place(seller.Address), seller.Contact.Telephone, seller.Contact.Mail],
        $"{seller.Name}, {seller.Address.Street}, {Place(seller.Address)}",
        [
            Joined(seller.LegalText, Labelled("USt-IdNr.", seller.VatId), Labelled("Steuernummer", seller.TaxNumber), Labelled("Register", seller.RegistrationNumber)),
            Joined(seller.AccountHolder, Labelled("IBAN", seller.Iban), Labelled("BIC", seller.Bic)),
        ]);

    private static Letter Fields(Invoice invoice) => new()
    {
        Recipient =
        [
            .. new[]
            {
                invoice.Buyer.LegalName, invoice.Buyer.Address.Extra, invoice.Buyer.Address.Street, Place(invoice.Buyer.Address),
                invoice.Buyer.Address.Country == "DE" ? "" : invoice.Buyer.Address.Country,
            }.Where(line => line.Length > 0),
        ],
        YourReference = invoice.Buyer.OrderReference,
        OurReference = invoice.Number,
        ContactName = invoice.Seller.Contact.Name,
        Telephone = invoice.Seller.Contact.Telephone,
        Mail = invoice.Seller.Contact.Mail,
        Date = invoice.IssuedOn,
        Subject = InvoiceText.Title(invoice),
    };

    private static IEnumerable<Block> Blocks(Invoice invoice)
    {
        yield return new Paragraph(invoice.Preceding is { } preceding
            ? $"hiermit stornieren wir die Rechnung {preceding.Number} vom {InvoiceText.Date(preceding.IssuedOn)} vollständig. Grund: {invoice.Reason}"
            : "für die Nutzung von LLMoin berechnen wir:");
        yield return new Paragraph($"Leistungszeitraum: {InvoiceText.Month(invoice)}\nLeitweg-ID: {invoice.Buyer.LeitwegId}"
            + (invoice.Buyer.VatId.Length > 0 ? $"\nIhre USt-IdNr.: {invoice.Buyer.VatId}" : ""));
        yield return InvoiceTables.Lines(invoice);
        yield return InvoiceTables.Totals(invoice);
        if (invoice.Vat.Any(part => part.Tax == Tax.ReverseCharge))
            yield return new Paragraph(InvoiceText.ReverseCharge + " (§ 13b UStG).");
        yield return new Heading(2, [new Run("Zahlung")]);
        yield return new Paragraph(invoice.IsPayable
            ? $"{InvoiceText.Terms(invoice)} Bitte überweisen Sie {InvoiceText.Euro(invoice.Totals.Gross)} auf das Konto {invoice.Seller.Iban} "
              + $"({invoice.Seller.AccountHolder}) mit dem Verwendungszweck {invoice.Number}."
            : InvoiceText.Terms(invoice));
        if (InvoiceTables.Shares(invoice) is { } shares)
        {
            yield return new Heading(2, [new Run("Kostenanteile (netto)")]);
            yield return shares;
        }

        yield return new Heading(2, [new Run("Nachweis")]);
        yield return new Paragraph(InvoiceText.LedgerProof(invoice));
        yield return new Paragraph("Maßgeblich ist die elektronische Rechnung (XRechnung) mit derselben Nummer; dieses Dokument gibt sie lesbar wieder.");
    }

    private static string Place(PostalAddress address) => $"{address.PostCode} {address.City}";

    private static string Joined(params string[] parts) => string.Join(" · ", parts.Where(part => part.Length > 0));

    private static string Labelled(string label, string text) => text.Length > 0 ? $"{label} {text}" : "";
}
