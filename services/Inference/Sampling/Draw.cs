namespace LLMoin.Inference.Sampling;

/// <summary>
/// Random numbers by position instead of by state: the n-th token of an answer always gets the same number for the same seed, also when
/// another worker goes on with the answer. SplitMix64 (Steele, Lea and Flood 2014) of seed and position.
/// </summary>
internal static class Draw
{
    /// <summary>Uniform in [0, 1).</summary>
    public static double At(ulong seed, int position)
    {
        var mixed = Mix(Mix(seed) + (ulong)position * 0x9E3779B97F4A7C15);
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
