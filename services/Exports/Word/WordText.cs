using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Paragraphs of one text. A line feed breaks the line, a tab is a tab.</summary>
internal static class WordText
{
    public static W.Paragraph Plain(string text) => new(new W.Run(Pieces(text)));

    public static W.Paragraph Styled(string style, string text) => Of(new ParagraphProperties { ParagraphStyleId = new() { Val = style } }, text);

    public static W.Paragraph Of(ParagraphProperties properties, string text) => new(properties, new W.Run(Pieces(text)));

    public static IEnumerable<OpenXmlElement> Pieces(string text)
    {
        var begin = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] is not ('\n' or '\t'))
                continue;
            if (index > begin)
                yield return new W.Text(text[begin..index]) { Space = SpaceProcessingModeValues.Preserve };
            if (index < text.Length)
                yield return text[index] == '\n' ? new Break() : new TabChar();
            begin = index + 1;
        }
    }
}
