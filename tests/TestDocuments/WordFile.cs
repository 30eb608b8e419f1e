using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.TestDocuments;

/// <summary>Writes a DOCX as Word does: styles by id, automatic numbers, tables.</summary>
public sealed class WordFile
{
    public const int Sections = 1;
    public const int Bullets = 2;

    private readonly List<OpenXmlElement> _body = [];
    private string? _title;

    public WordFile Entitled(string title)
    {
        _title = title;
        return this;
    }

    public WordFile Add(params OpenXmlElement[] elements)
    {
        _body.AddRange(elements);
        return this;
    }

    public WordFile Paragraph(string text, string? style = null, int? numbering = null, int level = 0)
        => Add(new Paragraph(
            new ParagraphProperties(
                style is null ? null! : new ParagraphStyleId { Val = style },
                numbering is null ? null! : new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = numbering })),
            Run(text)));

    public WordFile Table(bool hasHeader, params string[][] rows)
        => Add(new Table(rows.Index().Select(row => new TableRow(
            [
                .. hasHeader && row.Index == 0 ? [new TableRowProperties(new TableHeader())] : Array.Empty<OpenXmlElement>(),
                .. row.Item.Select(cell => new TableCell(new Paragraph(Run(cell)))),
            ]))));

    public static Run Run(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>With more parts, where the document has some.</summary>
    public byte[] Build(Action<MainDocumentPart>? more = null)
    {
        using var file = new MemoryStream();
        using (var word = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            if (_title is not null)
                word.PackageProperties.Title = _title;
            var main = word.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = Numbering();
            main.Document = new Document(new Body(_body));
            more?.Invoke(main);
        }

        return file.ToArray();
    }

    private static Styles Styles() => new(
        Style("Titel", "Title", null), Style("berschrift1", "heading 1", null), Style("berschrift2", "heading 2", null), Style("Amtlich", "Amtliche Überschrift", "berschrift2"),
        Style("Verzeichnis1", "toc 1", null));

    private static Style Style(string id, string name, string? parent)
        => new(new StyleName { Val = name }, parent is null ? null! : new BasedOn { Val = parent }) { Type = StyleValues.Paragraph, StyleId = id };

    private static Numbering Numbering() => new(
        new AbstractNum(Level(0, NumberFormatValues.Decimal, "§ %1"), Level(1, NumberFormatValues.Decimal, "(%2)"), Level(2, NumberFormatValues.LowerLetter, "%3)")) { AbstractNumberId = 10 },
        new AbstractNum(Level(0, NumberFormatValues.Bullet, "·")) { AbstractNumberId = 20 },
        new NumberingInstance(new AbstractNumId { Val = 10 }) { NumberID = Sections },
        new NumberingInstance(new AbstractNumId { Val = 20 }) { NumberID = Bullets });

    private static Level Level(int index, NumberFormatValues format, string text)
        => new(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }, new LevelText { Val = text }) { LevelIndex = index };
}
