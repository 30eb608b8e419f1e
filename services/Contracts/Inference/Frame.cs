namespace LLMoin.Contracts.Inference;

/// <summary>
/// A piece of news about one generation, from the worker straight to the reply queue of the chat instance that asked;
/// a message holds one or several, in order.
/// </summary>
public sealed record Frame
{
    public required Guid AnswerId { get; init; }

    public required int Attempt { get; init; }

    /// <summary>0, 1, 2 … within one attempt, given when it is sent; a gap means that frames were lost.</summary>
    public int Sequence { get; init; }

    public required FrameKind Kind { get; init; }

    /// <summary>New text since the frame before (<see cref="FrameKind.Text"/>).</summary>
    public string? Text { get; init; }

    /// <summary>New reasoning since the frame before, shown apart from the answer (<see cref="FrameKind.Text"/>).</summary>
    public string? Reasoning { get; init; }

    /// <summary>A whole call that the model has made (<see cref="FrameKind.Text"/>).</summary>
    public ToolCall? ToolCall { get; init; }

    /// <summary>Its place in its worker's line, 1 for the next to start (<see cref="FrameKind.Waiting"/>).</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Seconds until it gets a slot, as the worker estimates; null before it can tell (<see cref="FrameKind.Waiting"/>).</summary>
    public double? EstimatedWait { get; init; }

    public int PromptTokens { get; init; }

    /// <summary>Completion tokens so far, those of earlier attempts included.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>OpenAI's <c>stop</c>, <c>length</c>, <c>tool_calls</c>; or <c>cancelled</c> (<see cref="FrameKind.Finished"/>).</summary>
    public string? FinishReason { get; init; }

    /// <summary>
    /// True where a living worker hands the request back for its own reasons, which is no failed try; else its worker is gone
    /// (<see cref="FrameKind.Bounced"/>).
    /// </summary>
    public bool? HandedBack { get; init; }

    /// <summary>Why it failed, in words for the reader, without content (<see cref="FrameKind.Failed"/>).</summary>
    public string? Error { get; init; }

    /// <summary>The request's field that is at fault, as OpenAI's API names it; null where it is not the request's fault.</summary>
    public string? Field { get; init; }
}

public enum FrameKind
{
    /// <summary>At a worker, waiting for a slot. Repeated every second.</summary>
    Waiting,

    /// <summary>Has a slot.</summary>
    Started,

    Text,

    /// <summary>Still being worked on; sent where nothing else was for a second.</summary>
    Heartbeat,

    Finished,

    Failed,

    /// <summary>The worker that held it is gone, or hands it back: ask again with what has been emitted.</summary>
    Bounced,
}
