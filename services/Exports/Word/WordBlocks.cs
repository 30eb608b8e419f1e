using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports.Blocks;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Blocks as Word's paragraphs, lists and tables.</summary>
internal sealed class WordBlocks(MainDocumentPart main, WordNumbering numbering)
{
    /// <summary>A paragraph's surroundings.</summary>
    /// <param name="Style">Null for the normal one.</param>
    /// <param name="Level">Of the list around it, from 0; -1 outside.</param>
    private readonly record struct Place(string? Style, int Level);

    private readonly Dictionary<Uri, string> _links = [];

    public void Append(OpenXmlElement body, IReadOnlyList<Blocks.Block> blocks) => Append(body, blocks, new Place(null, -1));

    private void Append(OpenXmlElement body, IReadOnlyList<Blocks.Block> blocks, Place place)
    {
        foreach (var block in blocks)
            Append(body, block, place, null);
    }

    private void Append(OpenXmlElement body, Blocks.Block block, Place place, NumberingProperties? number)
    {
        switch (block)
        {
            case Heading heading:
                body.Append(Paragraph(heading.Runs, place with { Style = WordStyles.Heading(heading.Level) }, number));
                break;
            case Blocks.Paragraph paragraph:
                body.Append(Paragraph(paragraph.Runs, place, number));
                break;
            case ItemList list:
                Append(body, list, place with { Level = Math.Min(place.Level + 1, WordNumbering.Levels - 1) });
                break;
            case Quote quote:
                Append(body, quote.Blocks, place with { Style = WordStyles.Quote });
                break;
            case Blocks.CodeBlock code:
                body.Append(Paragraph([new Blocks.Run(code.Text)], place with { Style = WordStyles.Code }, number));
                break;
            case Blocks.Table table:
                body.Append(Table(table), new W.Paragraph());
                break;
            case Rule:
                body.Append(new W.Paragraph(new ParagraphProperties
                {
                    ParagraphBorders = new() { BottomBorder = new() { Val = BorderValues.Single, Size = 6, Space = 1, Color = "808080" } },
                }));
                break;
        }
    }

    private void Append(OpenXmlElement body, ItemList list, Place place)
    {
        var id = numbering.Add(list.Start, place.Level);
        foreach (var item in list.Items)
        {
            var number = new NumberingProperties { NumberingLevelReference = new() { Val = place.Level }, NumberingId = new() { Val = id } };
            var first = item is [Blocks.Paragraph or Heading or Blocks.CodeBlock, ..] ? item[0] : new Blocks.Paragraph([]);
            Append(body, first, place, number);
            Append(body, [.. item.Skip(item.Count > 0 && ReferenceEquals(first, item[0]) ? 1 : 0)], place);
        }
    }

    private W.Paragraph Paragraph(IReadOnlyList<Blocks.Run> runs, Place place, NumberingProperties? number)
    {
        var style = place.Style ?? (place.Level >= 0 ? WordStyles.List : null);
        var properties = new ParagraphProperties
        {
            ParagraphStyleId = style is null ? null : new() { Val = style },
            NumberingProperties = number,
            Indentation = number is null && place.Level >= 0 ? new() { Left = WordNumbering.Left(place.Level) } : null,
        };
        return new W.Paragraph([properties, .. runs.Select(run => Run(run, bold: false))]);
    }

    private W.Table Table(Blocks.Table table)
    {
        var width = table.Rows[0].Count;
        var written = new W.Table(
            new TableProperties
            {
                TableStyle = new() { Val = WordStyles.Table },
                TableWidth = new() { Width = "5000", Type = TableWidthUnitValues.Pct },
                TableLook = new() { Val = "0020", FirstRow = true },
            },
            new TableGrid(Enumerable.Range(0, width).Select(_ => new GridColumn { Width = $"{WordUnits.Twips(165.0 / width)}" })));
        written.Append(table.Rows.Select((row, index) => Row(table, row, isHeader: index == 0)));
        return written;
    }

    /// <summary>The header row is repeated on each page that the table goes on to.</summary>
    private TableRow Row(Blocks.Table table, IReadOnlyList<IReadOnlyList<Blocks.Run>> cells, bool isHeader)
    {
        var row = new TableRow();
        if (isHeader)
            row.Append(new TableRowProperties(new CantSplit(), new TableHeader()));
        row.Append(cells.Select((cell, column) => new TableCell(
            new TableCellProperties { TableCellWidth = new() { Type = TableWidthUnitValues.Auto, Width = "0" }, Shading = isHeader ? new() { Val = ShadingPatternValues.Clear, Fill = "E6E6E6" } : null },
            new W.Paragraph([new ParagraphProperties { ParagraphStyleId = new() { Val = WordStyles.List }, Justification = Justify(table.Alignment(column)) }, .. cell.Select(run => Run(run, bold: isHeader))]))));
        return row;
    }

    private static Justification? Justify(ColumnAlignment alignment) => alignment switch
    {
        ColumnAlignment.Centre => new() { Val = JustificationValues.Center },
        ColumnAlignment.Right => new() { Val = JustificationValues.Right },
        _ => null,
    };

    private OpenXmlElement Run(Blocks.Run run, bool bold)
    {
        var written = new W.Run([
            new RunProperties
            {
                RunStyle = run.Link is not null ? new() { Val = WordStyles.Link } : run.Code ? new() { Val = WordStyles.CodeRun } : null,
                Bold = run.Bold || bold ? new() : null,
                Italic = run.Italic ? new() : null,
            },
            .. WordText.Pieces(run.Text)]);
        return run.Link is { } link ? new Hyperlink(written) { Id = Target(link) } : written;
    }

    private string Target(Uri link)
    {
        if (!_links.TryGetValue(link, out var id))
            _links.Add(link, id = main.AddHyperlinkRelationship(link, isExternal: true).Id);
        return id;
    }
}
