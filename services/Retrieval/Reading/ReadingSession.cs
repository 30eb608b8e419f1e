using System.Diagnostics;
using LLMoin.Retrieval.Uploads;

namespace LLMoin.Retrieval.Reading;

/// <summary>One document's reading: what has been written, what the limits still allow, and how deep inside other files we are.</summary>
internal sealed class ReadingSession(ReadingOptions options, IProgress<ReadingProgress>? progress, CancellationToken cancellation)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _depth;
    private int _pages;
    private int? _ownPages;

    public DocumentWriter Document { get; } = new(options.MaxCharacters);

    public ReadingOptions Options { get; } = options;

    /// <summary>How much of the time is over, from 0 to 1.</summary>
    public double TimeSpent => _watch.Elapsed.TotalSeconds / Options.Seconds;

    public CancellationToken Cancellation { get; } = cancellation;

    public Expansion Expansion { get; } = new(options, cancellation);

    public Tesseract Tesseract { get; } = new(options);

    /// <summary>Reads a document, and what is inside it, into one.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">How far it is followed.</param>
    /// <param name="progress">Told of each page and each file inside when it begins.</param>
    /// <param name="cancellation">The time limit. Between two parts of a document it is kept exactly; a library that loops is ended from outside only.</param>
    /// <exception cref="ReadingException">It cannot be read, for this reason.</exception>
    public static ReadDocument Read(byte[] file, string name, ReadingOptions options, IProgress<ReadingProgress>? progress, CancellationToken cancellation)
    {
        var session = new ReadingSession(options, progress, cancellation);
        var format = FileFormats.Of(file, name, out var refused) ?? throw new ReadingException(WhyNot(refused));
        session.Read(file, format);
        return session.Document.Finish(session._ownPages);
    }

    /// <summary>Goes on to the next page, slide or sheet.</summary>
    /// <param name="number">Its place in its own file, from 1.</param>
    /// <param name="last">The number of that file's last one.</param>
    public void EnterPage(int number, int last)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (++_pages > Options.MaxPages)
            throw new ReadingException(ReadingReason.TooManyPages);
        if (_depth == 0)
            _ownPages = (_ownPages ?? 0) + 1;
        Document.Page = number;
        progress?.Report(new ReadingProgress(Document.Inside, number, last));
    }

    /// <summary>
    /// Reads a file inside the document below a heading with its name. What is wrong with it is noted there, unless the limits of
    /// the whole document are reached.
    /// </summary>
    /// <param name="name">As the document has it; becomes a text, never a path.</param>
    /// <param name="content">Gives its bytes; counted against the limits by whoever gives them.</param>
    public void ReadInside(string name, Func<byte[]> content)
    {
        var clean = FileName.Clean(name);
        var (page, offset, inside) = (Document.Page, Document.HeadingOffset, Document.Inside);
        try
        {
            Expansion.CountEntry();
            if (_depth >= Options.MaxDepth)
                throw new ReadingException(ReadingReason.TooDeep);
            var file = content();
            var format = FileFormats.Of(file, clean, out var refused) ?? throw new ReadingException(WhyNot(refused));
            Document.Page = null;
            Document.Heading(1, clean);
            (_depth, Document.HeadingOffset, Document.Inside) = (_depth + 1, offset + 1, clean);
            progress?.Report(new ReadingProgress(clean, null, null));
            try
            {
                Read(file, format);
            }
            finally
            {
                _depth--;
            }
        }
        catch (ReadingException exception) when (!exception.Reason.EndsDocument)
        {
            Document.Unread(exception.Reason, name: clean);
        }
        finally
        {
            (Document.Page, Document.HeadingOffset, Document.Inside) = (page, offset, inside);
        }
    }

    private void Read(byte[] file, FileFormat format)
    {
        try
        {
            DocumentReaders.Of(format).Read(file, this);
        }
        catch (Exception exception) when (exception is not (ReadingException or OperationCanceledException or InsufficientExecutionStackException or OutOfMemoryException))
        {
            // Libraries meet damaged files with whatever exception comes first.
            throw new ReadingException(ReadingReason.Unreadable, exception);
        }
        catch (Exception exception) when (exception is InsufficientExecutionStackException or OutOfMemoryException)
        {
            throw new ReadingException(ReadingReason.TooComplex, exception);
        }
    }

    private static ReadingReason WhyNot(string? refused) => refused switch
    {
        FileFormats.EncryptedOffice => ReadingReason.Encrypted,
        FileFormats.OutlookMail => ReadingReason.OutlookMail,
        _ => ReadingReason.Unsupported,
    };
}
