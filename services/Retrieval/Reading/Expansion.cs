namespace LLMoin.Retrieval.Reading;

/// <summary>
/// Counts what compressed content becomes while it is read; what an archive's headers say about sizes is not believed. One for a
/// document with all that is inside it.
/// </summary>
internal sealed class Expansion(ReadingOptions options, CancellationToken cancellation)
{
    /// <summary>A picture of one colour or an empty sheet shrinks a thousandfold and harms nobody.</summary>
    private const long Harmless = 1 << 20;

    private long _expanded;
    private int _entries;

    /// <summary>Another file inside the document.</summary>
    public void CountEntry()
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_entries > options.MaxEntries)
            throw new ReadingException(ReadingReason.TooManyFiles);
    }

    /// <summary>The same content, counted.</summary>
    /// <param name="content">What decompression gives; disposed with the result.</param>
    /// <param name="compressed">Bytes it takes up.</param>
    public Stream Counted(Stream content, long compressed) => new CountedStream(content, compressed, this);

    /// <summary>All of a stream.</summary>
    public byte[] ReadAll(Stream content, long compressed)
    {
        using var counted = Counted(content, compressed);
        using var buffer = new MemoryStream();
        counted.CopyTo(buffer);
        return buffer.ToArray();
    }

    private void Count(int bytes, long total, long compressed)
    {
        cancellation.ThrowIfCancellationRequested();
        _expanded += bytes;
        if (_expanded > options.MaxExpandedBytes || (total > Harmless && total > Math.Max(1, compressed) * options.MaxExpansionRatio))
            throw new ReadingException(ReadingReason.ExpandsTooFar);
    }

    private sealed class CountedStream(Stream content, long compressed, Expansion all) : Stream
    {
        private long _total;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _total; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = content.Read(buffer);
            _total += read;
            all.Count(read, _total, compressed);
            return read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                content.Dispose();
            base.Dispose(disposing);
        }
    }
}
