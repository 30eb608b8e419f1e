using LLMoin.Retrieval.Reading.Archives;
using LLMoin.Retrieval.Reading.Mail;
using LLMoin.Retrieval.Reading.Office;
using LLMoin.Retrieval.Reading.OpenDocument;
using LLMoin.Retrieval.Reading.Pdf;
using LLMoin.Retrieval.Reading.Texts;

namespace LLMoin.Retrieval.Reading;

/// <summary>Which reader reads which format.</summary>
internal static class DocumentReaders
{
    public static IDocumentReader Of(FileFormat format) => format switch
    {
        FileFormat.Text or FileFormat.Markdown => new PlainTextReader(),
        FileFormat.Html => new HtmlReader(),
        FileFormat.Pdf => new PdfReader(),
        FileFormat.Docx => new WordReader(),
        FileFormat.Xlsx => new SheetReader(),
        FileFormat.Pptx => new SlideReader(),
        FileFormat.Odt => new OdtReader(),
        FileFormat.Eml => new MailReader(),
        FileFormat.Zip => new ZipReader(),
        _ => throw new ReadingException(ReadingReason.Unsupported),
    };
}
