using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LLMoin.TestDocuments;

/// <summary>Writes an XLSX as Excel does: shared texts, numbers with formats.</summary>
public sealed class SheetFile
{
    private static readonly string[] Formats = ["General", "#,##0.00\\ \"€\"", "dd/mm/yyyy", "0%", "0.0", "[$-407]d/\\ mmmm\\ yyyy\\ h:mm"];

    private readonly List<(string Name, bool IsHidden, List<object?[]> Rows)> _sheets = [];

    /// <param name="rows">Texts, numbers, and numbers with a format; null rows and cells are left out of the file, as Excel does.</param>
    public SheetFile Sheet(string name, object?[]?[] rows, bool isHidden = false)
    {
        _sheets.Add((name, isHidden, [.. rows.Select(row => row ?? [])]));
        return this;
    }

    public static object Euro(double value) => (value, 1u);

    /// <summary>A date as the days since 1899-12-30.</summary>
    public static object Date(DateTime value) => (value.ToOADate(), 2u);

    public static object DateAndTime(DateTime value) => (value.ToOADate(), 5u);

    public static object Percent(double value) => (value, 3u);

    public byte[] Build()
    {
        using var file = new MemoryStream();
        using (var excel = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = excel.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(Formats.Select((code, n) => new NumberingFormat { NumberFormatId = (uint)(200 + n), FormatCode = code })),
                new CellFormats(Formats.Select((_, n) => new CellFormat { NumberFormatId = n == 0 ? 0u : (uint)(200 + n) })));
            var shared = new List<string>();
            var sheets = new Sheets();
            foreach (var (index, (name, isHidden, rows)) in _sheets.Index())
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Index().Where(row => row.Item.Length > 0).Select(row => RowOf(row.Index, row.Item, shared))));
                sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)index + 1, Name = name, State = isHidden ? SheetStateValues.Hidden : SheetStateValues.Visible });
            }

            book.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable(shared.Select(text => new SharedStringItem(new Text(text))));
            book.Workbook = new Workbook(sheets);
        }

        return file.ToArray();
    }

    private static Row RowOf(int index, object?[] values, List<string> shared)
        => new(values.Index().Where(value => value.Item is not null).Select(value => CellOf($"{(char)('A' + value.Index)}{index + 1}", value.Item!, shared))) { RowIndex = (uint)index + 1 };

    private static Cell CellOf(string place, object value, List<string> shared)
    {
        if (value is string text)
        {
            shared.Add(text);
            return new Cell(new CellValue(shared.Count - 1)) { CellReference = place, DataType = CellValues.SharedString };
        }

        var (number, style) = value is (double formatted, uint format) ? (formatted, format) : (Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), 0u);
        return new Cell(new CellValue(number)) { CellReference = place, StyleIndex = style };
    }
}
