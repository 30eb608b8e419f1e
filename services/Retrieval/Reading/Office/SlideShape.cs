using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Presentation;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>Something with text on a slide: a text frame or a table.</summary>
internal sealed class SlideShape
{
    private readonly OpenXmlElement _element;
    private readonly PlaceholderValues? _placeholder;
    private readonly bool _isPlaceholder;
    private readonly long _top;

    private SlideShape(OpenXmlElement element)
    {
        _element = element;
        var placeholder = element.Descendants<PlaceholderShape>().FirstOrDefault();
        (_isPlaceholder, _placeholder) = (placeholder is not null, placeholder?.Type?.Value);
        // Without a place of its own it stands where the layout has it: the main text, above what was added.
        _top = element.Descendants<Drawing.Offset>().FirstOrDefault()?.Y?.Value ?? element.GetFirstChild<Transform>()?.Offset?.Y?.Value ?? long.MinValue;
    }

    public bool IsTitle => _placeholder == PlaceholderValues.Title || _placeholder == PlaceholderValues.CenteredTitle;

    public bool IsBody => _placeholder == PlaceholderValues.Body || (_isPlaceholder && _placeholder is null);

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);

    public string Text => string.Join('\n', _element.Descendants<Drawing.Paragraph>().Select(TextOf));

    /// <summary>The shapes of a slide, those in groups too, from top to bottom, without dates, footers and slide numbers.</summary>
    public static IEnumerable<SlideShape> In(OpenXmlElement? tree) => tree is null ? [] : Flat(tree).Where(shape => !shape.IsDecoration).OrderBy(shape => shape._top);

    public static string TextOf(Drawing.Paragraph paragraph)
        => string.Concat(paragraph.ChildElements.Select(child => child switch
        {
            Drawing.Run run => run.Text?.Text ?? "",
            Drawing.Field field => field.Text?.Text ?? "",
            Drawing.Break => "\n",
            _ => "",
        })).Trim();

    public void Write(DocumentWriter document)
    {
        if (_element.Descendants<Drawing.Table>().FirstOrDefault() is { } table)
        {
            using var rows = document.Table();
            foreach (var row in table.Elements<Drawing.TableRow>())
                rows.Row(row.Elements<Drawing.TableCell>().Select(cell => string.Join(' ', cell.Descendants<Drawing.Paragraph>().Select(TextOf))));
            return;
        }

        foreach (var paragraph in _element.Descendants<Drawing.Paragraph>())
        {
            if (IsItem(paragraph.ParagraphProperties)) document.ListItem(1 + Math.Clamp(paragraph.ParagraphProperties?.Level?.Value ?? 0, 0, 8), "-", TextOf(paragraph));
            else document.Paragraph(TextOf(paragraph));
        }
    }

    private bool IsDecoration
        => _placeholder == PlaceholderValues.DateAndTime || _placeholder == PlaceholderValues.Footer || _placeholder == PlaceholderValues.SlideNumber || _placeholder == PlaceholderValues.Header;

    /// <summary>The main text has bullets unless it says otherwise, any other text only where it says so.</summary>
    private bool IsItem(Drawing.ParagraphProperties? properties)
        => properties?.GetFirstChild<Drawing.NoBullet>() is null
           && (IsBody || properties?.GetFirstChild<Drawing.CharacterBullet>() is not null || properties?.GetFirstChild<Drawing.AutoNumberedBullet>() is not null);

    private static IEnumerable<SlideShape> Flat(OpenXmlElement parent)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in parent.ChildElements)
        {
            if (child is Shape or GraphicFrame)
                yield return new SlideShape(child);
            else if (child is GroupShape)
            {
                foreach (var inner in Flat(child))
                    yield return inner;
            }
        }
    }
}
