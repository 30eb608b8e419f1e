using System.Buffers.Binary;
using System.Text;

namespace LLMoin.Inference.Models;

/// <summary>
/// Reads a GGUF file's little-endian header front to back with one small buffer. Whatever a length in the file claims, nothing is
/// allocated or skipped before it is known to lie within the file.
/// </summary>
internal sealed class GgufReader(string path, Stream stream) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Size of the file in bytes.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    public long Remaining => Length - Position;

    public void Dispose() => stream.Dispose();

    public ModelFileException Refused(string reason) => new(path, reason);

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A count of things that take at least <paramref name="bytesEach"/> each, so that it cannot exceed the file.</summary>
    public long Count(string what, int bytesEach, long most)
    {
        var count = UInt64();
        if (count > (ulong)most)
            throw Refused($"claims {count} {what}; at most {most} are allowed");
        if (count > (ulong)(Remaining / bytesEach))
            throw Refused($"claims {count} {what}, more than the file can hold (is it cut off?)");
        return (long)count;
    }

    /// <summary>A string of at most <paramref name="most"/> bytes of UTF-8.</summary>
    public string Text(string what, int most)
    {
        var length = TextLength(what);
        if (length > most)
            throw Refused($"{what} has {length} bytes; at most {most} are allowed");
        if (length <= _buffer.Length)
            return Encoding.UTF8.GetString(Take((int)length));
        var bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
        {
            var part = Take(Math.Min(_buffer.Length, bytes.Length - at));
            part.CopyTo(bytes.AsSpan(at));
            at += part.Length;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    public void SkipText(string what) => Skip(TextLength(what));

    public void Skip(long bytes)
    {
        if (bytes > Remaining)
            throw Refused("ends in the middle of its header (is it cut off?)");
        var buffered = (int)Math.Min(bytes, _end - _start);
        _start += buffered;
        if (bytes > buffered)
            stream.Seek(bytes - buffered, SeekOrigin.Current);
        Position += bytes;
    }

    private long TextLength(string what)
    {
        var length = UInt64();
        return length <= (ulong)Remaining ? (long)length : throw Refused($"{what} is longer than the file (is it cut off?)");
    }

    /// <summary>The next bytes, valid until the next call.</summary>
    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw Refused("ends in the middle of its header (is it cut off?)");
        if (_end - _start < count)
            Fill(count);
        var bytes = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return bytes;
    }

    private void Fill(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                throw Refused("became shorter while it was read");
            _end += read;
        }
    }
}
