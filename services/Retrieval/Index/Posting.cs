namespace LLMoin.Retrieval.Index;

/// <summary>A passage that has a term and how often, in one number of 24 and 8 bits.</summary>
internal static class Posting
{
    private const int FrequencyBits = 8;

    /// <summary>Beyond 255 the saturation of BM25 makes no difference any more.</summary>
    public static uint Of(int passage, int frequency) => ((uint)passage << FrequencyBits) | (uint)Math.Min(frequency, byte.MaxValue);

    public static (int Passage, int Frequency) Read(uint posting) => ((int)(posting >> FrequencyBits), (int)(posting & byte.MaxValue));
}
