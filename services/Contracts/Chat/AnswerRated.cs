namespace LLMoin.Contracts.Chat;

/// <summary>
/// Somebody judged an answer, changed the judgement or took it back. Of several about one answer the one with the latest
/// <see cref="RatedAt"/> counts. Holds no text and names no person.
/// </summary>
[Message("chat", "answer-rated.v1")]
public sealed record AnswerRated
{
    public required Guid AnswerId { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The model that answered.</summary>
    public required string Model { get; init; }

    /// <summary>See <see cref="UsageRecorded.Purpose"/>.</summary>
    public required string Purpose { get; init; }

    public required AnswerVerdict Verdict { get; init; }

    /// <summary><c>wrong</c>, <c>incomplete</c>, <c>source</c>, <c>tone</c> or <c>other</c>; null where none was given.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset RatedAt { get; init; }
}

public enum AnswerVerdict
{
    /// <summary>The judgement was taken back.</summary>
    Withdrawn,
    Up,
    Down,
}
