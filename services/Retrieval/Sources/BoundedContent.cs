namespace LLMoin.Retrieval.Sources;

/// <summary>Reads what strangers' systems send, no further than allowed, whatever length they announced.</summary>
internal static class BoundedContent
{
    private const int Piece = 81920;

    /// <exception cref="ItemException">There is more.</exception>
    public static async Task<byte[]> ReadAsync(Stream content, int limit, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[Piece];
        while (await content.ReadAsync(piece, cancellation) is > 0 and var count)
        {
            if (buffer.Length + count > limit)
                throw new ItemException(SourceReason.TooLarge, isLasting: true);
            buffer.Write(piece, 0, count);
        }

        return buffer.ToArray();
    }
}
