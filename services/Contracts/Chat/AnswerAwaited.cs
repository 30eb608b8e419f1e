namespace LLMoin.Contracts.Chat;

/// <summary>
/// A reader has come back to an answer at another chat instance than the one that writes it, and waits there: said again and again, so that the
/// answer does not end for want of readers.
/// </summary>
[Message("chat", "answer-awaited.v1")]
public sealed record AnswerAwaited
{
    public required Guid AnswerId { get; init; }
}
