namespace LLMoin.Contracts.Chat;

/// <summary>
/// Nobody waits for this generation any more: the reader stopped it or went away, or a later attempt took its place. Every
/// worker hears it; the one that holds the answer frees its slot.
/// </summary>
[Message("chat", "generation-cancelled.v1")]
public sealed record GenerationCancelled
{
    public required Guid AnswerId { get; init; }

    /// <summary>Attempts up to this one are cancelled.</summary>
    public required int Attempt { get; init; }
}
