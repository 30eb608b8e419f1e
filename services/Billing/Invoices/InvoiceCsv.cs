using LLMoin.Billing.Csv;
using LLMoin.Billing.Statements;

namespace LLMoin.Billing.Invoices;

/// <summary>An invoice for a spreadsheet: a row for each line and cost share, so that the shares add up to the invoice's net amount.</summary>
internal static class InvoiceCsv
{
    public static byte[] Write(Invoice invoice)
    {
        var table = new CsvTable(
            "Nummer", "Art", "Datum", "Monat", "Position", "Beschreibung", "Menge", "Einheit", "Preisbasis", "Einzelpreis", "Rabatt", "Netto der Position",
            "Steuerkategorie", "Steuersatz", "Abteilung", "Kostenstelle", "Netto des Anteils");
        foreach (var (index, line) in invoice.Lines.Index())
        {
            foreach (var share in Shares(line))
                table.Add(
                    invoice.Number, invoice.Kind == InvoiceKind.Cancellation ? "Storno" : "Rechnung", invoice.IssuedOn, invoice.Month.ToString(), index + 1,
                    line.Description, line.Quantity, line.Unit, line.BaseQuantity, line.UnitPrice, line.Allowance, line.Net, line.Tax.Category, (long)line.Tax.Percent,
                    share.Department, share.CostCentre, share.Net);
        }

        return table.ToBytes();
    }

    private static IReadOnlyList<CostShare> Shares(StatementLine line) => line.Shares.Count > 0 ? line.Shares : [new CostShare("", "", line.Net)];
}
