using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace LLMoin.Retrieval.Reading.Texts;

/// <summary>
/// HTML, parsed as browsers do (WHATWG HTML, section 13.2), but no script runs and nothing is loaded. Navigation, forms and what is
/// hidden are left out.
/// </summary>
internal sealed class HtmlReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var page = new HtmlParser().ParseDocument(new MemoryStream(file, writable: false));
        Write(page, session);
    }

    /// <summary>The same for a page whose text is known already.</summary>
    public static void Write(string html, ReadingSession session)
    {
        using var page = new HtmlParser().ParseDocument(html);
        Write(page, session);
    }

    private static void Write(IHtmlDocument page, ReadingSession session)
    {
        session.Cancellation.ThrowIfCancellationRequested();
        session.Document.Entitle(page.Title);
        if (page.Body is { } body)
            new HtmlBody(session).Write(body);
    }
}
