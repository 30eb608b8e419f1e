using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Engines;

/// <summary>
/// What turns prompts into text. The worker around it owns queues, slots, frames and cancellation; an engine owns models.
/// </summary>
internal interface IEngine
{
    /// <summary>The models loaded in this process; asked anew every second, as they may come and go.</summary>
    IReadOnlyList<ServedModel> Models { get; }

    /// <summary>What it runs on.</summary>
    EngineStatus Status => new();

    /// <summary>Loads a model; returns when it is served.</summary>
    /// <exception cref="EngineException">It cannot; the message is for the operator.</exception>
    Task LoadAsync(string model, CancellationToken cancellation) => throw new EngineException("This engine's models are fixed.");

    /// <summary>Takes a model out of <see cref="Models"/>, lets generations that run on it end, then frees its memory.</summary>
    /// <exception cref="EngineException">It cannot; the message is for the operator.</exception>
    Task UnloadAsync(string model, CancellationToken cancellation) => throw new EngineException("This engine's models are fixed.");

    /// <summary>Tokens of a text as this model counts them for the bill.</summary>
    int CountTokens(string model, string text);

    /// <summary>
    /// Generates the answer piece by piece, continuing after <see cref="GenerationRequest.EmittedText"/> without repeating it. Begins with
    /// a piece that says how long the prompt is and ends with one that carries the finish reason.
    /// </summary>
    /// <exception cref="EngineException">The request cannot be answered; the message is for the reader.</exception>
    IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, CancellationToken cancellation);

    /// <summary>Scores each input against the query; higher is more relevant.</summary>
    /// <exception cref="EngineException">The model does not rerank or an input is too long.</exception>
    Task<IReadOnlyList<float>> RerankAsync(string model, string query, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => throw new EngineException($"The model '{model}' does not rerank.");

    /// <summary>Embeds each input as a vector of unit length.</summary>
    /// <exception cref="EngineException">The model has no embeddings or an input is too long.</exception>
    Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(string model, IReadOnlyList<string> inputs, CancellationToken cancellation);
}

/// <param name="Device">E.g. <c>CPU, 8 threads</c> or a GPU's name.</param>
/// <param name="MemoryBytes">What models and caches take.</param>
/// <param name="MemoryBudgetBytes">What they may take.</param>
internal sealed record EngineStatus(string? Device = null, long? MemoryBytes = null, long? MemoryBudgetBytes = null)
{
    /// <summary>Models of the engine's own configuration that are on their way or failed.</summary>
    public IReadOnlyList<ModelLoading> Loading { get; init; } = [];
}

/// <param name="Text">Whole characters, may be empty.</param>
/// <param name="Tokens">Completion tokens that this piece stands for.</param>
/// <param name="FinishReason">Set on the last piece: <c>stop</c>, <c>length</c> or <c>tool_calls</c>.</param>
/// <param name="Reasoning">Text that belongs to the reasoning before the answer.</param>
/// <param name="ToolCall">A whole call.</param>
internal readonly record struct GeneratedPiece(
    string Text, int Tokens, string? FinishReason = null, string? Reasoning = null, ToolCall? ToolCall = null)
{
    /// <summary>On the first piece: tokens of the whole prompt, as they are billed.</summary>
    public int? PromptTokens { get; init; }
}

/// <summary>An engine's refusal, in words for the reader and without content.</summary>
internal sealed class EngineException(string message) : Exception(message)
{
    /// <summary>The request's field that is at fault, as OpenAI's API names it; null where it is not the request's fault.</summary>
    public string? Field { get; init; }
}
