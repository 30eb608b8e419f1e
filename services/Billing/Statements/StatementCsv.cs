using System.Globalization;
using LLMoin.Billing.Csv;

namespace LLMoin.Billing.Statements;

/// <summary>A statement as a table, one row for each department's share of a line: what a tenant books. The last column adds up to the net amount.</summary>
internal static class StatementCsv
{
    public static CsvTable Of(Statement statement)
    {
        var table = new CsvTable("Mandant", "Monat", "Position", "Art", "Beschreibung", "Menge", "Einheit", "Preis EUR", "je", "Rabatt", "Steuersatz %",
            "Abteilung", "Kostenstelle", "Netto EUR");
        for (var i = 0; i < statement.Lines.Count; i++)
        {
            var line = statement.Lines[i];
            foreach (var share in line.Shares)
                table.Add(statement.Tenant, statement.Month.ToString(), i + 1, line.Kind, line.Description, line.Quantity, line.Unit, line.UnitPrice, line.BaseQuantity,
                    line.AllowanceReason, line.Tax.Percent, share.Department, share.CostCentre, share.Net);
        }

        return table;
    }

    public static string FileName(Statement statement) => string.Create(CultureInfo.InvariantCulture, $"abrechnung-{statement.Tenant}-{statement.Month}.csv");
}
