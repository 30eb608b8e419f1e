namespace LLMoin.Contracts.Inference;

/// <summary>Texts to embed; travels on <c>embed.{model}</c>, answered by one <see cref="EmbeddingResult"/>.</summary>
public sealed record EmbeddingRequest
{
    public required Guid RequestId { get; init; }

    public required string Tenant { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>With a query the inputs are not embedded but scored against it (reranking).</summary>
    public string? Query { get; init; }
}

/// <summary>One unit-length vector, or with a query one score, per input; or why not.</summary>
public sealed record EmbeddingResult
{
    public required Guid RequestId { get; init; }

    public IReadOnlyList<IReadOnlyList<float>> Vectors { get; init; } = [];

    /// <summary>Higher is more relevant; comparable within one result only.</summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    public int PromptTokens { get; init; }

    public string? Error { get; init; }
}
