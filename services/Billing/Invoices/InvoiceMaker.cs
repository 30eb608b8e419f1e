using LLMoin.Billing.Accounts;
using LLMoin.Billing.Money;
using LLMoin.Billing.Statements;

namespace LLMoin.Billing.Invoices;

/// <param name="Id">UUIDv7.</param>
/// <param name="Number">Taken in the transaction that stores the invoice.</param>
/// <param name="On">The day of issue.</param>
internal readonly record struct InvoiceIdentity(Guid Id, string Number, DateOnly On);

/// <summary>Makes invoices; all arithmetic in whole cents, rounded once for each VAT rate (EN 16931-1, BR-CO-17).</summary>
internal static class InvoiceMaker
{
    /// <exception cref="InvalidDataException">The statement does not add up, so that no invoice may be issued from it.</exception>
    public static Invoice From(Statement statement, BillingAccount account, Seller seller, InvoiceIdentity identity)
    {
        Check(statement);
        var lines = statement.Lines.Count > 0 ? statement.Lines : [Nothing];
        var (vat, totals) = Sum(lines);
        return new Invoice(
            identity.Id, identity.Number, InvoiceKind.Invoice, identity.On, totals.Gross > Cents.Zero ? identity.On.AddDays(account.PaymentDays) : null,
            statement.Month, seller, account, lines, vat, totals, null, "", statement.Id, statement.LedgerSeq, statement.LedgerHash);
    }

    /// <summary>The same with every quantity and amount negated; prices stay as they are (BR-27).</summary>
    public static Invoice Cancel(Invoice invoice, string reason, InvoiceIdentity identity)
    {
        IReadOnlyList<StatementLine> lines = [.. invoice.Lines.Select(Negated)];
        var (vat, totals) = Sum(lines);
        return invoice with
        {
            Id = identity.Id,
            Number = identity.Number,
            Kind = InvoiceKind.Cancellation,
            IssuedOn = identity.On,
            DueOn = totals.Gross > Cents.Zero ? identity.On.AddDays(invoice.Buyer.PaymentDays) : null,
            Lines = lines,
            Vat = vat,
            Totals = totals,
            Preceding = new PrecedingInvoice(invoice.Id, invoice.Number, invoice.IssuedOn),
            Reason = reason,
        };
    }

    /// <summary>An invoice has at least one line (BR-16).</summary>
    private static StatementLine Nothing => new("flat", "Keine abrechenbare Nutzung", 1, 1, "C62", Cents.Zero, Cents.Zero, "", Cents.Zero, Tax.Standard, []);

    private static StatementLine Negated(StatementLine line) => line with
    {
        Quantity = -line.Quantity,
        Allowance = -line.Allowance,
        Net = -line.Net,
        Shares = [.. line.Shares.Select(share => share with { Net = -share.Net })],
    };

    private static (IReadOnlyList<VatSubtotal> Vat, InvoiceTotals Totals) Sum(IReadOnlyList<StatementLine> lines)
    {
        IReadOnlyList<VatSubtotal> vat =
        [
            .. lines.GroupBy(line => (line.Tax.Category, line.Tax.Percent)).OrderByDescending(group => group.Key.Percent).ThenBy(group => group.Key.Category, StringComparer.Ordinal)
                .Select(group => (group.First().Tax, Taxable: group.Sum(line => line.Net)))
                .Select(group => new VatSubtotal(group.Tax, group.Taxable, Cents.Round((Int128)group.Taxable.Value * group.Tax.Percent, 100))),
        ];
        var (net, tax) = (lines.Sum(line => line.Net), vat.Sum(part => part.Amount));
        return (vat, new InvoiceTotals(net, tax, net + tax));
    }

    private static void Check(Statement statement)
    {
        if (statement.Lines.Sum(line => line.Net) != statement.Net)
            throw new InvalidDataException($"The lines of statement {statement.Id} do not add up to its sum.");
        foreach (var line in statement.Lines)
        {
            if (line.Net != Cents.Round((Int128)line.Quantity * line.UnitPrice.Value, line.BaseQuantity) - line.Allowance)
                throw new InvalidDataException($"A line of statement {statement.Id} is not quantity times price less allowance.");
            if (line.Shares.Count > 0 && line.Shares.Sum(share => share.Net) != line.Net)
                throw new InvalidDataException($"The shares of a line of statement {statement.Id} do not add up to it.");
            if (line.UnitPrice < Cents.Zero)
                throw new InvalidDataException($"A price in statement {statement.Id} is negative (EN 16931, BR-27).");
        }
    }
}
