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

    /// <summary>The id of the person's department, of several the first in ordinal order; null where none is known.</summary>
    public string? Department { get; init; }

    /// <summary>The model's price class when it was asked, by which tariffs price tokens; null where it has none.</summary>
    public string? PriceClass { get; init; }

    public UsageOutcome Outcome { get; init; }

    /// <summary>
    /// How long the person waited, from order to end, in milliseconds. Null where nobody waited for this alone: a step of a longer run, which has
    /// a record of its own with the whole wait and no tokens. What has a duration is one use of its function.
    /// </summary>
    public long? DurationMs { get; init; }
}

public enum UsageOutcome
{
    Completed,

    /// <summary>By whoever asked.</summary>
    Stopped,

    /// <summary>On our side.</summary>
    Failed,
}

public enum UsageKind
{
    Answer,
    Embedding,
    Rerank,
}
