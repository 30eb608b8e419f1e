using LLMoin.Inference.Models;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>What a model will take, before any of it is allocated. Weights, KV caches, and a tenth of both for computing.</summary>
/// <param name="Sequences">Answers at once; fewer than wanted where memory is short.</param>
/// <param name="ContextTokens">Of each.</param>
/// <param name="Bytes">All together.</param>
internal sealed record MemoryPlan(int Sequences, int ContextTokens, long Bytes)
{
    /// <summary>llama.cpp's own limit.</summary>
    private const int MostSequences = 256;

    private const long Megabyte = 1 << 20;

    /// <exception cref="EngineException">Not even one sequence fits.</exception>
    public static MemoryPlan For(string model, GgufFile header, int wantedSequences, int contextTokens, long left)
    {
        var perSequence = header.CacheBytesPerToken * contextTokens;
        for (var sequences = Math.Min(wantedSequences, MostSequences); sequences > 0; sequences--)
            if (Total(header.TensorBytes + sequences * perSequence) is var bytes && bytes <= left)
                return new MemoryPlan(sequences, contextTokens, bytes);
        throw new EngineException(
            $"The model '{model}' needs {Total(header.TensorBytes + perSequence) / Megabyte:N0} MB for one answer at a time with {contextTokens:N0} tokens of context; "
            + $"{Math.Max(0, left) / Megabyte:N0} MB are left of Inference:Llama:MemoryMegabytes. Unload another model, or set Inference:Llama:ContextTokens lower.");
    }

    private static long Total(long bytes) => bytes + bytes / 10;
}
