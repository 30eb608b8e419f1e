using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>
/// PDF (ISO 32000-1). Pages are laid out one after the other, of which only lines are kept; then repeated headers and footers go and
/// the text is written. A page without text is a scan: its picture goes through text recognition, or the page is noted as unread.
/// </summary>
internal sealed class PdfReader : IDocumentReader
{
    private static readonly ParsingOptions Parsing = new() { UseLenientParsing = true, SkipMissingFonts = true };

    public void Read(byte[] file, ReadingSession session)
    {
        using var pdf = Open(file);
        if (pdf.NumberOfPages > session.Options.MaxPages)
            throw new ReadingException(ReadingReason.TooManyPages);
        session.Document.Entitle(PdfTitle.Of(pdf.Information.Title));

        var scans = new PdfScans(session);
        var (pages, numbers) = (new List<IReadOnlyList<PdfBlock>>(), new List<int>());
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            session.EnterPage(number, pdf.NumberOfPages);
            if (Blocks(pdf, number, scans, session) is { Count: > 0 } blocks)
            {
                pages.Add(blocks);
                numbers.Add(number);
            }
        }

        new PdfText(session.Document, PdfDecoration.Remove(pages)).Write(numbers);
    }

    private static IReadOnlyList<PdfBlock> Blocks(PdfDocument pdf, int number, PdfScans scans, ReadingSession session)
    {
        try
        {
            var page = pdf.GetPage(number);
            var blocks = PdfLayout.Of(page);
            return blocks.Count > 0 ? blocks : scans.Read(page);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException or InsufficientExecutionStackException)
                                          && exception is not ReadingException { Reason.EndsDocument: true })
        {
            session.Document.Unread(ReadingReason.Unreadable, number);
            return [];
        }
    }

    private static PdfDocument Open(byte[] file)
    {
        try
        {
            return PdfDocument.Open(file, Parsing);
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new ReadingException(ReadingReason.Encrypted, exception);
        }
    }
}
