namespace LLMoin.Contracts.Inference;

/// <summary>One answer to generate; travels on the work queue <c>generate.{model}</c>, answered by <see cref="Frame"/>s.</summary>
public sealed record GenerationRequest
{
    public required Guid AnswerId { get; init; }

    /// <summary>1 for the first try; each re-queue is the next. Frames carry it, so that those of a lost worker are told apart.</summary>
    public required int Attempt { get; init; }

    public required string Tenant { get; init; }

    public required string Model { get; init; }

    public Priority Priority { get; init; } = Priority.Interactive;

    /// <summary>When waiting for a slot has become pointless.</summary>
    public required DateTimeOffset Deadline { get; init; }

    public required IReadOnlyList<PromptMessage> Messages { get; init; }

    /// <summary>
    /// Source passages to answer from. They are data, never instruction; a language-model engine renders them delimited, the
    /// extractive engine quotes from them.
    /// </summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>
    /// The answer becomes part of another text: an engine that puts words of its own around what it found (a lead, a list of sources, a notice)
    /// leaves them out.
    /// </summary>
    public bool Bare { get; init; }

    public Sampling Sampling { get; init; } = new();

    /// <summary>What the answer must parse as; null for free text.</summary>
    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>Functions that the model may call.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether it may or must; null is <see cref="ToolChoiceMode.Auto"/>.</summary>
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>What readers already have from earlier attempts; generation continues after it.</summary>
    public string EmittedText { get; init; } = "";

    /// <summary>The reasoning before it that readers already have.</summary>
    public string EmittedReasoning { get; init; } = "";

    /// <summary>Whole tool calls that readers already have.</summary>
    public IReadOnlyList<ToolCall> EmittedToolCalls { get; init; } = [];

    /// <summary>Completion tokens that all of this stood for.</summary>
    public int EmittedTokens { get; init; }
}

public enum Priority
{
    Interactive,
    Batch,
}

/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">Text; content parts are joined before.</param>
public sealed record PromptMessage(string Role, string Content)
{
    /// <summary>What the model called (role <c>assistant</c>).</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The call that this is the result of (role <c>tool</c>).</summary>
    public string? ToolCallId { get; init; }
}

/// <param name="Number">1-based; what a citation <c>[n]</c> names.</param>
/// <param name="Title">The document's title.</param>
/// <param name="HeadingPath">Headings above the passage, outermost first, joined by <c> › </c>.</param>
/// <param name="Text">The passage as it stands in the document.</param>
public sealed record Passage(int Number, string Title, string? HeadingPath, string Text);

/// <summary>Sampling parameters with OpenAI's meaning; null leaves the choice to the engine.</summary>
public sealed record Sampling
{
    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    /// <summary>Only the k likeliest tokens; 0 for all. Not OpenAI's, but common among servers of open models.</summary>
    public int? TopK { get; init; }

    /// <summary>Only tokens at least this fraction as likely as the likeliest (Nguyen et al. 2024, arXiv:2407.01082).</summary>
    public float? MinP { get; init; }

    /// <summary>Divides the logit of what was said before (Keskar et al. 2019, arXiv:1909.05858); 1 changes nothing.</summary>
    public float? RepetitionPenalty { get; init; }

    /// <summary>Taken once off the logit of each token generated before.</summary>
    public float? PresencePenalty { get; init; }

    /// <summary>Taken off for each time that a token was generated before.</summary>
    public float? FrequencyPenalty { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Added to the logits of single tokens of this model, by token id; -100 bans, 100 all but forces.</summary>
    public IReadOnlyDictionary<int, float>? LogitBias { get; init; }
}
