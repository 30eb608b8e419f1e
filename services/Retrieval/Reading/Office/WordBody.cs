using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>Writes what stands in a document's body, element by element.</summary>
internal sealed class WordBody(ReadingSession session, WordStyles styles, WordNumbering numbering, WordText text)
{
    private bool _hasTitle;

    public void Write(OpenXmlElement? element)
    {
        switch (element)
        {
            case Paragraph paragraph:
                Write(paragraph);
                break;
            case Table table:
                Write(table);
                break;
            // Content controls and the like: only what is inside counts.
            case SdtBlock { SdtContentBlock: { } content }:
                WriteAll(content);
                break;
            case CustomXmlBlock or InsertedRun or MoveToRun:
                WriteAll(element);
                break;
        }
    }

    private void WriteAll(OpenXmlElement parent)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in parent.ChildElements)
            Write(child);
    }

    private void Write(Paragraph paragraph)
    {
        var properties = paragraph.ParagraphProperties;
        var style = styles.Of(properties?.ParagraphStyleId?.Val?.Value);
        if (style.IsContents)
            return;
        var content = text.Of(paragraph, out var boxes);
        if (!string.IsNullOrWhiteSpace(content))
            Write(content, style, properties);
        foreach (var box in boxes)
            WriteAll(box);
    }

    private void Write(string content, WordStyle style, ParagraphProperties? properties)
    {
        var number = properties?.NumberingProperties is { NumberingId: not null } own
            ? numbering.Next(own.NumberingId.Val?.Value, own.NumberingLevelReference?.Val?.Value ?? 0)
            : numbering.Next(style.NumberingId, style.NumberingLevel);
        var level = properties?.OutlineLevel?.Val?.Value is { } outline and < 9 ? outline + 1 : style.HeadingLevel;
        if (style.IsTitle && !_hasTitle)
        {
            session.Document.Entitle(content);
            session.Document.Heading(1, content);
            session.Document.HeadingOffset++;
            _hasTitle = true;
        }
        else if (level is not null)
            session.Document.Heading(level.Value, number is null || number.IsBullet ? content : $"{number.Marker} {content}");
        else if (number is null)
            session.Document.Paragraph(content);
        else if (number.Marker.StartsWith('§') || number.Marker.StartsWith("Art", StringComparison.Ordinal))
            session.Document.Paragraph($"{number.Marker} {content}");
        else
            session.Document.ListItem(number.Depth, number.Marker, content);
    }

    private void Write(Table table)
    {
        using var rows = session.Document.Table();
        var above = new Dictionary<int, string>();
        foreach (var row in table.Elements<TableRow>())
        {
            session.Cancellation.ThrowIfCancellationRequested();
            var cells = new Dictionary<int, string>();
            var column = row.TableRowProperties?.GetFirstChild<GridBefore>()?.Val?.Value ?? 0;
            foreach (var cell in row.Elements<TableCell>())
            {
                // A cell merged with the one above holds nothing itself, but each row has to make sense alone.
                var isMerged = cell.TableCellProperties?.VerticalMerge is { } merge && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue);
                cells[column] = isMerged ? above.GetValueOrDefault(column, "") : text.Of(cell);
                column += Math.Clamp(cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1, 1, 100);
            }

            rows.Row(cells, row.TableRowProperties?.GetFirstChild<TableHeader>() is not null);
            above = cells;
        }
    }
}
