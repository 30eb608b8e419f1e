using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Writes Office Open XML (ECMA-376, transitional) with real styles, lists, tables and headers.</summary>
internal static class DocxWriter
{
    public static byte[] Write(ExportDocument document)
    {
        var output = new MemoryStream();
        using (var package = WordprocessingDocument.Create(output, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            var wording = Wording.Of(document);
            main.AddNewPart<StyleDefinitionsPart>().Styles = WordStyles.Of(wording);
            var numbering = new WordNumbering();
            var blocks = new WordBlocks(main, numbering);
            var body = new Body();
            if (document.Letter is { } letter)
                WordLetter.Begin(body, document, letter, wording);
            else
                body.Append(WordText.Styled(WordStyles.Title, document.Title));
            // A letter has it at the foot of each page only.
            if (document is { Mark: { } mark, Letter: null })
                body.Append(WordText.Styled(WordStyles.Mark, wording.Mark(mark)));
            body.Append(document.Notices.Select(notice => WordText.Styled(WordStyles.Notice, notice)));
            if (document.Letter is { } opened)
                body.Append(WordText.Plain(opened.Salutation ?? wording.Salutation));
            blocks.Append(body, document.Blocks);
            if (document.Letter is { } closed)
                WordLetter.End(body, closed, wording);
            AppendSources(body, document, wording);
            body.Append(WordPages.Of(main, document, wording));
            main.Document = new W.Document(body);
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = numbering.Definitions();
            WordMetadata.Write(package, main, document, wording);
        }
        return output.ToArray();
    }

    private static void AppendSources(Body body, ExportDocument document, Wording wording)
    {
        if (document.Sources.Count == 0)
            return;
        body.Append(WordText.Styled(WordStyles.Heading(1), wording.Sources));
        foreach (var source in document.Sources)
        {
            body.Append(WordText.Styled(WordStyles.Source, $"[{source.Number}]\t{wording.Place(source)}"));
            if (source.Quote is { } quote)
                body.Append(WordText.Styled(WordStyles.SourceQuote, wording.Quote(quote)));
        }
    }
}
