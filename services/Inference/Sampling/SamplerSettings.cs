using System.Buffers.Binary;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Sampling;

/// <summary>How the next token is chosen; <see cref="Contracts.Inference.Sampling"/> with this engine's choices filled in.</summary>
internal sealed record SamplerSettings
{
    /// <summary>0 always takes the likeliest token.</summary>
    public float Temperature { get; init; } = 0.7f;

    /// <summary>The likeliest tokens that together have this probability (Holtzman et al. 2020, arXiv:1904.09751); 1 for all.</summary>
    public float TopP { get; init; } = 0.95f;

    /// <summary>0 for all.</summary>
    public int TopK { get; init; } = 40;

    public float MinP { get; init; } = 0.05f;

    public float RepetitionPenalty { get; init; } = 1;

    public float PresencePenalty { get; init; }

    public float FrequencyPenalty { get; init; }

    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    public required ulong Seed { get; init; }

    public bool Penalises => RepetitionPenalty != 1 || PresencePenalty != 0 || FrequencyPenalty != 0;

    /// <summary>
    /// Without a seed the answer's id gives one, so that a worker which continues an answer draws as the first one would have. Whoever
    /// sets temperature or top_p chooses the distribution: then nothing is cut that was not asked for.
    /// </summary>
    public static SamplerSettings Of(GenerationRequest request)
    {
        var asked = request.Sampling;
        var chosen = asked.Temperature is not null || asked.TopP is not null;
        return new SamplerSettings
        {
            Temperature = asked.Temperature ?? (chosen ? 1 : 0.7f),
            TopP = asked.TopP ?? (chosen ? 1 : 0.95f),
            TopK = asked.TopK ?? (chosen ? 0 : 40),
            MinP = asked.MinP ?? (chosen ? 0 : 0.05f),
            RepetitionPenalty = asked.RepetitionPenalty ?? 1,
            PresencePenalty = asked.PresencePenalty ?? 0,
            FrequencyPenalty = asked.FrequencyPenalty ?? 0,
            LogitBias = asked.LogitBias ?? new Dictionary<int, float>(),
            Seed = asked.Seed is { } seed ? (ulong)seed : BinaryPrimitives.ReadUInt64LittleEndian(request.AnswerId.ToByteArray().AsSpan(8)),
        };
    }
}
