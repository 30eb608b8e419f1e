using System.Globalization;
using LLMoin.Billing.Money;
using LLMoin.Billing.Statements;
using LLMoin.Exports.Blocks;

namespace LLMoin.Billing.Invoices;

/// <summary>What of an invoice is a table.</summary>
internal static class InvoiceTables
{
    public static Table Lines(Invoice invoice) => Make(
        [ColumnAlignment.Right, ColumnAlignment.Left, ColumnAlignment.Right, ColumnAlignment.Right, ColumnAlignment.Right, ColumnAlignment.Right],
        ["Pos.", "Beschreibung", "Menge", "Einzelpreis", "USt", "Netto"],
        invoice.Lines.Select((line, index) => new[]
        {
            (index + 1).ToString(CultureInfo.InvariantCulture), Description(line), $"{InvoiceText.Number(line.Quantity)} {InvoiceText.Unit(line.Unit)}", Price(line),
            InvoiceText.Tax(line.Tax), InvoiceText.Euro(line.Net),
        }));

    public static Table Totals(Invoice invoice) => Make(
        [ColumnAlignment.Left, ColumnAlignment.Right], ["Summe", "Betrag"],
        [
            ["Summe netto", InvoiceText.Euro(invoice.Totals.Net)],
            .. invoice.Vat.Select(part => new[] { $"Umsatzsteuer {InvoiceText.Tax(part.Tax)} auf {InvoiceText.Euro(part.Taxable)}", InvoiceText.Euro(part.Amount) }),
            ["Gesamtbetrag brutto", InvoiceText.Euro(invoice.Totals.Gross)],
        ], lastIsBold: true);

    /// <summary>By department and cost centre, over all lines; null where nothing is shared.</summary>
    public static Table? Shares(Invoice invoice)
    {
        var shares = invoice.Lines.SelectMany(line => line.Shares).GroupBy(share => (share.Department, share.CostCentre))
            .OrderBy(group => group.Key.CostCentre.Length == 0).ThenBy(group => group.Key.CostCentre, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Department, StringComparer.Ordinal)
            .Select(group => new[]
            {
                group.Key.CostCentre, group.Key.Department.Length > 0 ? group.Key.Department : "ohne Abteilung", InvoiceText.Euro(group.Sum(share => share.Net)),
            }).ToList();
        return shares.Count == 0 ? null : Make([ColumnAlignment.Left, ColumnAlignment.Left, ColumnAlignment.Right], ["Kostenstelle", "Abteilung", "Anteil"], shares);
    }

    private static string Description(StatementLine line)
        => line.Allowance == Cents.Zero ? line.Description : $"{line.Description}\nabzüglich {InvoiceText.Euro(line.Allowance)} {line.AllowanceReason}";

    private static string Price(StatementLine line)
        => line.BaseQuantity == 1 ? InvoiceText.Euro(line.UnitPrice) : $"{InvoiceText.Euro(line.UnitPrice)} je {InvoiceText.Number(line.BaseQuantity)}";

    private static Table Make(IReadOnlyList<ColumnAlignment> alignments, string[] header, IEnumerable<string[]> rows, bool lastIsBold = false)
    {
        List<string[]> all = [header, .. rows];
        return new Table([.. all.Select((row, index) => Row(row, lastIsBold && index == all.Count - 1))]) { Alignments = alignments };
    }

    private static IReadOnlyList<IReadOnlyList<Run>> Row(string[] cells, bool bold) => [.. cells.Select(cell => (IReadOnlyList<Run>)[new Run(cell, Bold: bold)])];
}
