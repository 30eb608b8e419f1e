using LLMoin.Billing.Invoices;
using LLMoin.Exports;
using UglyToad.PdfPig;

namespace LLMoin.BillingTests.Invoices;

public sealed class InvoicePdfTests
{
    public static TheoryData<string> Names => [.. SampleStatements.Invoices().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_the_xml_says(string name)
    {
        var invoice = SampleStatements.Invoices()[name];
        var file = Exporter.Write(InvoiceDocument.Of(invoice), ExportFormat.Pdf);
        var text = Text(file.Content);

        foreach (var expected in (string[])
                 [
                     invoice.Number, invoice.Buyer.LegalName, invoice.Buyer.LeitwegId, InvoiceText.Euro(invoice.Totals.Net), InvoiceText.Euro(invoice.Totals.Gross),
                     InvoiceText.Terms(invoice), invoice.LedgerHash, InvoiceText.Month(invoice), .. invoice.Vat.Select(part => InvoiceText.Euro(part.Amount)),
                     .. invoice.Lines.Select(line => InvoiceText.Euro(line.Net)), .. invoice.IsPayable ? [invoice.Seller.Iban] : Array.Empty<string>(),
                 ])
            Assert.Contains(Squeezed(expected), text);
        Assert.EndsWith($"{invoice.Number}.pdf", file.FileName, StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "invoices"));
        File.WriteAllBytes(Path.Combine(folder.FullName, name + ".pdf"), file.Content);
    }

    [Fact]
    public void Departments_find_their_share_of_all_lines_together()
    {
        var invoice = SampleStatements.Invoice("06-staffeln");
        var text = Text(Exporter.Write(InvoiceDocument.Of(invoice), ExportFormat.Pdf).Content);

        foreach (var department in (string[])["hauptamt", "bauamt", ""])
        {
            var share = new Billing.Money.Cents(invoice.Lines.Sum(line => line.Shares.Where(one => one.Department == department).Sum(one => one.Net.Value)));
            Assert.Contains(Squeezed((department.Length > 0 ? department : "ohne Abteilung") + InvoiceText.Euro(share)), text);
        }
    }

    [Fact]
    public void Amounts_stand_below_each_other_at_the_right()
    {
        using var pdf = PdfDocument.Open(Exporter.Write(InvoiceDocument.Of(SampleStatements.Invoice("06-staffeln")), ExportFormat.Pdf).Content);
        var euros = pdf.GetPages().First().GetWords().Where(word => word.Text.EndsWith('€')).Select(word => Math.Round(word.BoundingBox.Right, 1)).ToList();

        // Three lines, then VAT and total, all in the last column; the columns before them end elsewhere.
        Assert.True(euros.Count(right => right == euros.Max()) >= 5, string.Join(" ", euros));
    }

    [Fact]
    public void The_same_invoice_is_the_same_file_for_all_time()
    {
        var invoice = SampleStatements.Invoice("01-regelsteuersatz");

        Assert.Equal(Exporter.Write(InvoiceDocument.Of(invoice), ExportFormat.Pdf).Content, Exporter.Write(InvoiceDocument.Of(invoice), ExportFormat.Pdf).Content);
    }

    [Fact]
    public void A_reverse_charge_invoice_says_who_owes_the_tax()
        => Assert.Contains(
            Squeezed("Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)"),
            Text(Exporter.Write(InvoiceDocument.Of(SampleStatements.Invoice("04-steuerschuld-des-empfaengers")), ExportFormat.Pdf).Content));

    /// <summary>Without blanks, as lines and columns part what belongs together.</summary>
    private static string Text(byte[] content)
    {
        using var pdf = PdfDocument.Open(content);
        return Squeezed(string.Concat(pdf.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value)));
    }

    private static string Squeezed(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
