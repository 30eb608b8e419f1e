using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Templates;

/// <summary>What a chat template turns into the text that a model continues.</summary>
internal sealed record ChatPrompt
{
    /// <summary>Roles <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, in any order.</summary>
    public required IReadOnlyList<PromptMessage> Messages { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Describes the tools in words; goes to the system message where the template has no place for tools.</summary>
    public string? ToolInstruction { get; init; }

    /// <summary>Ends with the opening of the assistant's turn.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether a model that can do both should reason first; null leaves it to the template.</summary>
    public bool? Thinking { get; init; }

    /// <summary>The answer so far, which the model continues.</summary>
    public string Started { get; init; } = "";

    /// <summary>The reasoning so far; ended where <see cref="Started"/> has text.</summary>
    public string StartedReasoning { get; init; } = "";
}
