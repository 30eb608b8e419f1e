using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>XLSX: each sheet a page, row by row, with values as their cells show them. Formulas are not computed: the file holds their last results.</summary>
internal sealed class SheetReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var excel = SpreadsheetDocument.Open(OfficePackage.Checked(file, session), false, OfficePackage.Settings(session));
        var book = excel.WorkbookPart ?? throw new ReadingException(ReadingReason.Unreadable);
        session.Document.Entitle(excel.PackageProperties.Title);
        var values = new CellValues(SharedTexts(book.SharedStringTablePart, session), new CellFormats(book));
        var sheets = (book.Workbook?.Sheets?.Elements<Sheet>() ?? []).ToList();
        foreach (var (index, sheet) in sheets.Index())
        {
            session.EnterPage(index + 1, sheets.Count);
            if (sheet.State is not null && sheet.State.Value != SheetStateValues.Visible)
                session.Document.Unread(ReadingReason.Hidden, index + 1, sheet.Name?.Value);
            else if (sheet.Id?.Value is { } id && book.GetPartById(id) is WorksheetPart part)
                Read(part, sheet.Name?.Value ?? "", values, session);
            else
                session.Document.Unread(ReadingReason.Picture, index + 1, sheet.Name?.Value);
        }
    }

    private static void Read(WorksheetPart part, string name, CellValues values, ReadingSession session)
    {
        session.Document.Heading(1, name);
        TableWriter? table = null;
        var expected = 0u;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
                continue;
            session.Cancellation.ThrowIfCancellationRequested();
            var row = (Row)reader.LoadCurrentElement()!;
            var cells = values.Of(row);
            var number = row.RowIndex?.Value ?? expected;
            // An empty row ends a table.
            if (cells.Count == 0 || number > expected)
            {
                table?.Dispose();
                table = null;
            }

            expected = number + 1;
            if (cells.Count == 1 && table is null)
                session.Document.Paragraph(cells.Values.Single());
            else if (cells.Count > 0)
                (table ??= session.Document.Table()).Row(cells);
        }

        table?.Dispose();
    }

    private static List<string> SharedTexts(SharedStringTablePart? part, ReadingSession session)
    {
        var texts = new List<string>();
        if (part is null)
            return texts;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(SharedStringItem) || !reader.IsStartElement)
                continue;
            session.Cancellation.ThrowIfCancellationRequested();
            texts.Add(CellValues.TextOf(reader.LoadCurrentElement()!));
        }

        return texts;
    }
}
