using LLMoin.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Limits;

/// <summary>
/// Counts what a client sends and ends it with 413 past the limit. The server's own limit would close the connection under the
/// sender's hands, who then sees a reset and no answer; with ours the server swallows the rest for some seconds after the answer.
/// </summary>
internal sealed class LimitedBody(Stream inner, long limit) : Stream
{
    /// <summary>Bytes taken from the client so far; 0 means that the request can still be sent elsewhere.</summary>
    public long Taken { get; private set; }

    public bool Exceeded => Taken > limit;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        Taken += read;
        return Taken <= limit ? read : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }
}

internal static class BodyLimitsStep
{
    public static void UseBodyLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
        app.Use((context, next) =>
        {
            var limit = limits.BytesFor(context.Request.Path);
            if (context.Request.ContentLength > limit)
                return TooLarge(limit).ExecuteAsync(context);
            context.Request.Body = new LimitedBody(context.Request.Body, limit);
            return next(context);
        });
    }

    public static ProblemResult TooLarge(long limit) => new(ProblemType.TooLarge, $"At most {limit} bytes are accepted here.",
        DetailDe: $"Hier sind höchstens {limit} Bytes erlaubt.");
}
