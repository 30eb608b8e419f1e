using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>A model in memory: one that writes (<see cref="ChatModel"/>), or one that embeds or ranks (<see cref="VectorModel"/>).</summary>
internal interface ILoadedModel : IDisposable
{
    ServedModel Served { get; }

    /// <summary>Weights, caches and room for computing.</summary>
    long MemoryBytes { get; }

    int CountTokens(string text);
}
