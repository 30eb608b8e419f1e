using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Structured;

/// <summary>What to expect in the raw text of one answer.</summary>
internal sealed record OutputShape
{
    /// <summary>Null where the model does not reason.</summary>
    public ReasoningMarkers? Reasoning { get; init; }

    /// <summary>The prompt ends inside the reasoning.</summary>
    public bool StartsInReasoning { get; init; }

    /// <summary>
    /// The text before was generated too, by an earlier attempt: blanks count, and reasoning goes on if it starts inside but does not
    /// begin.
    /// </summary>
    public bool Continues { get; init; }

    /// <summary>How calls look; null where they are not looked for.</summary>
    public ToolCallFormat? Calls { get; init; }

    /// <summary>What may be called; a call of anything else is text.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];
}

internal enum OutputKind
{
    Answer,
    Reasoning,
    Call,
}

/// <param name="Kind">What it belongs to.</param>
/// <param name="Text">Not empty; empty for a call.</param>
/// <param name="Call">A whole call.</param>
internal readonly record struct OutputPiece(OutputKind Kind, string Text, ToolCall? Call = null);
