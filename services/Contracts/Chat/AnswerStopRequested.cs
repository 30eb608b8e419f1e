namespace LLMoin.Contracts.Chat;

/// <summary>A reader pressed stop at another chat instance than the one that writes the answer. Sent only for one's own answers.</summary>
[Message("chat", "answer-stop-requested.v1")]
public sealed record AnswerStopRequested
{
    public required Guid AnswerId { get; init; }
}
