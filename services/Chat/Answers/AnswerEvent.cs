using LLMoin.Chat.Answers.Following;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Answers;

/// <summary>What a reader is told while an answer comes.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Text">New text.</param>
/// <param name="Reasoning">New reasoning.</param>
/// <param name="ToolCall">A whole call.</param>
/// <param name="Position">Place in the line, 1 for the next to start, where a worker has said so.</param>
/// <param name="EstimatedWait">Seconds until it starts, where a worker can tell.</param>
internal readonly record struct AnswerEvent(
    AnswerEventKind Kind, string Text = "", string? Reasoning = null, ToolCall? ToolCall = null, int? Position = null, double? EstimatedWait = null)
{
    /// <summary>What the reader has then.</summary>
    public AnswerPosition At { get; init; }
}

internal enum AnswerEventKind
{
    /// <summary>No slot yet; repeated about every second.</summary>
    Waiting,

    /// <summary>A worker is at it but has no new text; repeated about every second.</summary>
    Working,

    /// <summary>New text, reasoning or a call.</summary>
    Text,
}
