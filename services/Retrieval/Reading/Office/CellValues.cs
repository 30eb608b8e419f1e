using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using CellType = DocumentFormat.OpenXml.Spreadsheet.CellValues;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>What the cells of a row show.</summary>
internal sealed class CellValues(IReadOnlyList<string> shared, CellFormats formats)
{
    /// <summary>Columns of a sheet (A to XFD).</summary>
    private const int Columns = 16_384;

    /// <returns>By number of column from 0, without empty cells.</returns>
    public Dictionary<int, string> Of(Row row)
    {
        var cells = new Dictionary<int, string>();
        var next = 0;
        foreach (var cell in row.Elements<Cell>())
        {
            var column = ColumnOf(cell.CellReference?.Value) ?? next;
            next = column + 1;
            if (Of(cell).Trim() is { Length: > 0 } text)
                cells[column] = text;
        }

        return cells;
    }

    /// <summary>A text, of several pieces where it is partly bold; the reading aid of Japanese is none of it.</summary>
    public static string TextOf(OpenXmlElement item)
        => string.Concat(item.ChildElements.Select(child => child switch
        {
            Text text => text.Text,
            Run run => run.Text?.Text ?? "",
            _ => "",
        }));

    private string Of(Cell cell)
    {
        var value = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellType.SharedString)
            return int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < shared.Count ? shared[index] : "";
        if (type == CellType.InlineString)
            return cell.InlineString is { } text ? TextOf(text) : "";
        if (type == CellType.Boolean)
            return value == "1" ? "WAHR" : "FALSCH";
        if (type == CellType.Error)
            return "";
        if ((type is null || type == CellType.Number) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return formats.Show(number, cell.StyleIndex?.Value ?? 0);
        return value;
    }

    /// <summary><c>B12</c> is column 1.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetter(c))
                break;
            column = (column * 26) + (char.ToUpperInvariant(c) - 'A' + 1);
            if (column > Columns)
                return null;
        }

        return column == 0 ? null : column - 1;
    }
}
