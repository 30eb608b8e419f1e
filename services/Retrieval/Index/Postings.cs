namespace LLMoin.Retrieval.Index;

/// <summary>The passages that have one term, with weighted frequencies; five bytes each, in order of passage number.</summary>
internal sealed class Postings
{
    private int[] _passages = new int[2];
    private byte[] _frequencies = new byte[2];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Passages => _passages.AsSpan(0, Count);

    public ReadOnlySpan<byte> Frequencies => _frequencies.AsSpan(0, Count);

    public void Add(int passage, int frequency)
    {
        if (Count == _passages.Length)
        {
            var size = Count + Math.Max(2, Count / 2);
            Array.Resize(ref _passages, size);
            Array.Resize(ref _frequencies, size);
        }

        _passages[Count] = passage;
        // Beyond 255 the saturation of BM25 makes no difference any more.
        _frequencies[Count++] = (byte)Math.Min(frequency, byte.MaxValue);
    }
}
