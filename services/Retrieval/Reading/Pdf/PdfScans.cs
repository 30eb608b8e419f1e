using UglyToad.PdfPig.Content;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>Pages that are pictures.</summary>
internal sealed class PdfScans(ReadingSession session)
{
    /// <summary>Pixels of an A3 page at 600 dpi, twice; larger pictures are no scans but would fill the memory.</summary>
    private const long MostPixels = 140_000_000;

    /// <summary>Of the page's area, from which a picture is what the page is about and not its ornament.</summary>
    private const double Share = 0.2;

    /// <summary>Of the document's time; the rest is for pages behind that have a text.</summary>
    private const double MostTime = 0.7;

    private int _recognised;

    /// <returns>The recognised text; empty for an empty page, and where a note says why there is none.</returns>
    public IReadOnlyList<PdfBlock> Read(Page page)
    {
        var pictures = page.GetImages().Where(picture => picture.BoundingBox.Area >= Share * page.Width * page.Height).ToList();
        if (pictures.Count == 0)
        {
            if (page.NumberOfImages > 0)
                session.Document.Unread(ReadingReason.Picture, page.Number);
            return [];
        }

        if (!session.Tesseract.IsInstalled)
            return Unread(ReadingReason.Scanned, page);
        if (++_recognised > session.Options.MaxRecognisedPages || session.TimeSpent > MostTime)
            return Unread(ReadingReason.RecognitionLimit, page);
        var paragraphs = pictures.SelectMany(picture => Bytes(picture) is { } bytes ? session.Tesseract.Recognise(bytes, session.Cancellation) : []).ToList();
        return paragraphs.Count == 0 ? Unread(ReadingReason.Unrecognised, page) : [.. paragraphs.Select(lines => new PdfBlock([.. lines.Select(LineOf)]))];
    }

    private IReadOnlyList<PdfBlock> Unread(ReadingReason reason, Page page)
    {
        session.Document.Unread(reason, page.Number);
        return [];
    }

    /// <summary>Size and place are unknown, so that no line is taken for a heading or a page's header.</summary>
    private static PdfLine LineOf(string text) => new(text, 0, false, 0, text.Length, 0.5);

    /// <summary>As PNG or JPEG, whatever it is in the file; null for what cannot be decoded.</summary>
    private static byte[]? Bytes(IPdfImage picture)
    {
        if ((long)picture.WidthInSamples * picture.HeightInSamples > MostPixels)
            return null;
        var raw = picture.RawBytes;
        if (raw.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return raw.ToArray();
        return picture.TryGetPng(out var png) ? png : null;
    }
}
