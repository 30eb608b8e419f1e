namespace LLMoin.Chat.Answers;

/// <summary>What a reader is told while an answer comes.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Text">New text.</param>
/// <param name="Position">Requests in front, where a worker has said so.</param>
internal readonly record struct AnswerEvent(AnswerEventKind Kind, string Text = "", int? Position = null);

internal enum AnswerEventKind
{
    /// <summary>No slot yet; repeated about every second.</summary>
    Waiting,

    /// <summary>A worker is at it but has no new text; repeated about every second.</summary>
    Working,

    Text,
}
