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

    public Sampling Sampling { get; init; } = new();

    /// <summary>What readers already have from earlier attempts; generation continues after it.</summary>
    public string EmittedText { get; init; } = "";

    /// <summary>Completion tokens that <see cref="EmittedText"/> stood for.</summary>
    public int EmittedTokens { get; init; }
}

public enum Priority
{
    Interactive,
    Batch,
}

/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">Text; content parts are joined before.</param>
public sealed record PromptMessage(string Role, string Content);

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

    public long? Seed { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];
}
