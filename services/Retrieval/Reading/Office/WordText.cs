using System.Runtime.CompilerServices;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>The text of paragraphs and cells as their reader sees it on paper.</summary>
internal sealed class WordText
{
    private readonly Dictionary<long, string> _footnotes;
    private readonly Dictionary<long, string> _endnotes;

    public WordText(MainDocumentPart main)
    {
        _footnotes = Notes(main.FootnotesPart?.Footnotes);
        _endnotes = Notes(main.EndnotesPart?.Endnotes);
    }

    public string Of(OpenXmlElement element)
    {
        var content = Of(element, out var boxes);
        return boxes.Count == 0 ? content : string.Join(' ', boxes.Select(Of).Prepend(content));
    }

    /// <param name="element">A paragraph or cell.</param>
    /// <param name="boxes">Text boxes anchored in it, which stand apart.</param>
    public string Of(OpenXmlElement element, out List<TextBoxContent> boxes)
    {
        var text = new StringBuilder();
        boxes = [];
        Append(element, text, boxes);
        return text.ToString();
    }

    private void Append(OpenXmlElement element, StringBuilder text, List<TextBoxContent> boxes)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in element.ChildElements)
        {
            switch (child)
            {
                case Text part:
                    text.Append(part.Text);
                    break;
                case TabChar or PositionalTab:
                    text.Append(' ');
                    break;
                case Break or CarriageReturn:
                    text.Append('\n');
                    break;
                case NoBreakHyphen:
                    text.Append('-');
                    break;
                case FootnoteReference { Id.Value: var id } when _footnotes.TryGetValue(id, out var note):
                    text.Append(" (Fußnote: ").Append(note).Append(')');
                    break;
                case EndnoteReference { Id.Value: var id } when _endnotes.TryGetValue(id, out var note):
                    text.Append(" (Endnote: ").Append(note).Append(')');
                    break;
                case TextBoxContent box:
                    boxes.Add(box);
                    break;
                case DeletedRun or MoveFromRun or AlternateContentFallback or FieldCode or DeletedText or RunProperties or ParagraphProperties or TableCellProperties:
                    break;
                case Run { RunProperties.Vanish: { } vanish } when vanish.Val?.Value != false:
                    break;
                default:
                    Append(child, text, boxes);
                    if (child is Paragraph or TableRow or TableCell)
                        text.Append('\n');
                    break;
            }
        }
    }

    private Dictionary<long, string> Notes(OpenXmlElement? notes)
    {
        var texts = new Dictionary<long, string>();
        foreach (var note in notes?.Elements<FootnoteEndnoteType>() ?? [])
        {
            // Types other than normal are the lines that separate notes from text.
            if (note.Id?.Value is { } id && (note.Type is null || note.Type.Value == FootnoteEndnoteValues.Normal) && Of(note).Trim() is { Length: > 0 } text)
                texts[id] = text;
        }

        return texts;
    }
}
