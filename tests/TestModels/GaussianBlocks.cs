namespace LLMoin.TestModels;

/// <summary>
/// Random numbers, about normally distributed (sums of four uniform ones), as Q8_0 blocks: 32 numbers as one half-precision scale and 32
/// bytes. Xorshift64 (Marsaglia 2003), as 500 million of them are wanted in seconds.
/// </summary>
internal sealed class GaussianBlocks(int seed)
{
    private const int BlockLength = 32;
    private const int BlockBytes = 34;

    private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15 + 88172645463325252;

    public void Write(Stream stream, long count, float sigma)
    {
        var buffer = new byte[BlockBytes * 4096];
        var filled = 0;
        Span<float> block = stackalloc float[BlockLength];
        for (long written = 0; written < count; written += BlockLength)
        {
            var largest = 0f;
            for (var i = 0; i < BlockLength; i++)
            {
                block[i] = Next() * sigma;
                largest = MathF.Max(largest, MathF.Abs(block[i]));
            }
            var scale = largest / 127;
            BitConverter.TryWriteBytes(buffer.AsSpan(filled), (Half)scale);
            filled += 2;
            foreach (var value in block)
                buffer[filled++] = (byte)(sbyte)MathF.Round(scale > 0 ? value / scale : 0);
            if (filled == buffer.Length)
            {
                stream.Write(buffer);
                filled = 0;
            }
        }
        stream.Write(buffer.AsSpan(0, filled));
    }

    private float Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        var bits = _state;
        var sum = 0f;
        for (var k = 0; k < 4; k++)
        {
            sum += (bits & 0xFFFF) / 65535f - 0.5f;
            bits >>= 16;
        }
        return sum * 1.7320508f;
    }
}
