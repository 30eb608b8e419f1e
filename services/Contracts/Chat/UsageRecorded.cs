namespace LLMoin.Contracts.Chat;

/// <summary>What one answer, embedding or reranking used. Counted exactly once by <see cref="UsageId"/>; holds no text.</summary>
[Message("chat", "usage-recorded.v1")]
public sealed record UsageRecorded
{
    /// <summary>The answer's id; the same however often the answer was continued or the message redelivered.</summary>
    public required Guid UsageId { get; init; }

    public required string Tenant { get; init; }

    public required string UserId { get; init; }

    public Guid? ApiKeyId { get; init; }

    public required UsageKind Kind { get; init; }

    /// <summary>What a front-end said it wanted the answer for, e.g. <c>chat</c> or <c>title</c>.</summary>
    public required string Purpose { get; init; }

    public required string Model { get; init; }

    /// <summary>Tokens read in, as the model counts them.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens generated, including those of an answer that was stopped.</summary>
    public required int CompletionTokens { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}

public enum UsageKind
{
    Answer,
    Embedding,
    Rerank,
}
