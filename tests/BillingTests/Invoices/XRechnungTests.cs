using System.Text;
using LLMoin.Billing.Invoices;
using LLMoin.Billing.Invoices.XRechnung;
using LLMoin.Billing.Money;
using LLMoin.BillingTests.Invoices.En16931Rules;

namespace LLMoin.BillingTests.Invoices;

public sealed class XRechnungTests
{
    public static TheoryData<string> Names => [.. SampleStatements.Invoices().Keys];

    public static TheoryData<string> RuleIds => [.. RuleBook.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_invoice_keeps_every_rule(string name)
    {
        var xml = XRechnungWriter.Write(SampleStatements.Invoices()[name]);

        Assert.Empty(RuleBook.Broken(Ubl.Read(xml)));
        // For the official validator: docs/billing-invoices.md.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "invoices"));
        File.WriteAllBytes(Path.Combine(folder.FullName, name + ".xml"), xml);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Each_rule_notices_what_breaks_it(string id)
    {
        var rule = RuleBook.All.Single(one => one.Id == id);
        var noticed = 0;
        foreach (var (name, invoice) in SampleStatements.Invoices())
        {
            var changed = Ubl.Read(XRechnungWriter.Write(invoice));
            if (rule.BrokenBy.Apply(changed) && rule.IsBroken(changed))
                noticed++;
            else
                Assert.False(rule.IsBroken(Ubl.Read(XRechnungWriter.Write(invoice))), name);
        }

        Assert.NotEqual(0, noticed);
    }

    [Fact]
    public void A_cent_more_anywhere_is_noticed()
    {
        foreach (var (name, invoice) in SampleStatements.Invoices())
        {
            var amounts = Ubl.Read(XRechnungWriter.Write(invoice)).Count("//*[@currencyID]");
            for (var index = 0; index < amounts; index++)
            {
                var changed = Ubl.Read(XRechnungWriter.Write(invoice));
                var amount = changed.All("//*[@currencyID]")[index];
                amount.Value = (amount.Number(".")!.Value + 0.01m).ToString(System.Globalization.CultureInfo.InvariantCulture);
                // A cent on the price of a million tokens, of which few were used, changes no amount.
                if (amount.Name.LocalName != "PriceAmount")
                    Assert.True(RuleBook.Broken(changed).Count > 0, $"{name}: {amount.Name.LocalName} {amount.Value}");
            }
        }
    }

    [Fact]
    public void Lines_total_and_statement_are_one_sum_to_the_cent()
    {
        foreach (var (name, (statement, _)) in SampleStatements.All)
        {
            var invoice = SampleStatements.Invoice(name);

            Assert.Equal(statement.Net, invoice.Totals.Net);
            Assert.Equal(statement.Net, invoice.Lines.Sum(line => line.Net));
            Assert.Equal(statement.Net, invoice.Lines.Sum(line => line.Shares.Sum(share => share.Net)));
            Assert.Equal(invoice.Totals.Gross, invoice.Totals.Net + invoice.Vat.Sum(part => part.Amount));
        }
    }

    [Fact]
    public void Vat_is_rounded_once_for_each_rate()
    {
        // 33 × 3.33 = 109.89 at 19 %: 20.8791; 3 × 17.99 = 53.97 at 7 %: 3.7779; 7 × 0.99 at 0 %.
        var invoice = SampleStatements.Invoice("05-drei-steuersaetze");

        Assert.Equal([(10_989, 2_088), (5_397, 378), (693, 0)], invoice.Vat.Select(part => (part.Taxable.Value, part.Amount.Value)));
        Assert.Equal(new InvoiceTotals(new Cents(17_079), new Cents(2_466), new Cents(19_545)), invoice.Totals);
    }

    [Fact]
    public void A_cancellation_takes_every_cent_back_and_names_its_invoice()
    {
        var invoice = SampleStatements.Invoice("08-mindestpreis-und-rabatt");
        var cancellation = InvoiceMaker.Cancel(invoice, "Falscher Empfänger", new InvoiceIdentity(Guid.CreateVersion7(), "LM-2026-000002", SampleStatements.Day));
        var xml = Ubl.Read(XRechnungWriter.Write(cancellation));

        Assert.Equal(-invoice.Totals.Gross, cancellation.Totals.Gross);
        Assert.Equal(invoice.Vat.Select(part => -part.Amount), cancellation.Vat.Select(part => part.Amount));
        Assert.Equal("384", xml.Text("cbc:InvoiceTypeCode"));
        Assert.Equal(("LM-2026-000001", "2026-12-02"), (xml.Text("cac:BillingReference//cbc:ID"), xml.Text("cac:BillingReference//cbc:IssueDate")));
        Assert.All(xml.All("cac:InvoiceLine"), line => Assert.True(line.Number("cbc:InvoicedQuantity") < 0 && line.Number("cac:Price/cbc:PriceAmount") > 0));
        Assert.Contains("Falscher Empfänger", xml.Text("cbc:Note"));
    }

    [Fact]
    public void Names_are_written_as_they_are_whatever_is_in_them()
    {
        var xml = XRechnungWriter.Write(SampleStatements.Invoice("09-korrekturen-und-sonderzeichen"));

        var read = Ubl.Read(xml);
        Assert.Equal("Ämter & Söhne <GmbH> \"Straße\" 'ß'", read.Text("cac:AccountingCustomerParty//cbc:RegistrationName"));
        Assert.Equal("Aktive Personen & <Gäste> „Größe“", read.Text("cac:InvoiceLine[1]/cac:Item/cbc:Name"));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Encoding.UTF8.GetString(xml), StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_xml_cannot_hold_are_left_out()
    {
        var (statement, account) = SampleStatements.All["01-regelsteuersatz"];
        var odd = statement with { Lines = [statement.Lines[0] with { Description = "Aktive\u0000 Per\u000bsonen \ud83d\udc4d\ufffe" }] };

        var xml = Ubl.Read(XRechnungWriter.Write(InvoiceMaker.From(odd, account, SampleStatements.Seller, new InvoiceIdentity(Guid.CreateVersion7(), "LM-2026-000001", SampleStatements.Day))));

        Assert.Equal("Aktive Personen 👍", xml.Text("cac:InvoiceLine/cac:Item/cbc:Name"));
    }

    [Fact]
    public void The_ledgers_place_and_hash_stand_on_the_invoice()
    {
        var invoice = SampleStatements.Invoice("01-regelsteuersatz");

        var note = Ubl.Read(XRechnungWriter.Write(invoice)).Text("cbc:Note");

        Assert.Contains("Eintrag 4711", note);
        Assert.Contains(invoice.LedgerHash, note);
    }

    [Fact]
    public void A_statement_that_does_not_add_up_becomes_no_invoice()
    {
        var (statement, account) = SampleStatements.All["05-drei-steuersaetze"];
        var line = statement.Lines[0];
        Invoice Make(Billing.Statements.Statement wrong) => InvoiceMaker.From(wrong, account, SampleStatements.Seller, new InvoiceIdentity(Guid.CreateVersion7(), "LM-2026-000001", SampleStatements.Day));

        Assert.Throws<InvalidDataException>(() => Make(statement with { Net = statement.Net + new Cents(1) }));
        Assert.Throws<InvalidDataException>(() => Make(statement with { Lines = [line with { Quantity = line.Quantity + 1 }, .. statement.Lines.Skip(1)] }));
        Assert.Throws<InvalidDataException>(() => Make(statement with { Lines = [line with { Shares = [line.Shares[0]] }, .. statement.Lines.Skip(1)] }));
    }
}
