using LLMoin.Chat.Sources;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Answers;

/// <summary>Everything that is settled before the first token: what is asked, of which model, on which passages, and by whom.</summary>
internal sealed record Question
{
    public required Guid AnswerId { get; init; }

    public required string Tenant { get; init; }

    public required string UserId { get; init; }

    public Guid? ApiKeyId { get; init; }

    /// <summary>Null where the caller asked not to store.</summary>
    public Guid? ConversationId { get; init; }

    public required string Model { get; init; }

    /// <summary>See <see cref="Contracts.Chat.UsageRecorded.Purpose"/>.</summary>
    public required string Purpose { get; init; }

    public required IReadOnlyList<PromptMessage> Messages { get; init; }

    public IReadOnlyList<FoundPassage> Passages { get; init; } = [];

    /// <summary>Retrieval did not answer although sources were wanted.</summary>
    public bool SourcesUnavailable { get; init; }

    public required Sampling Sampling { get; init; }

    /// <summary>What the answer must parse as; null for free text.</summary>
    public ResponseFormat? ResponseFormat { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>It may be answered by a model that only writes text.</summary>
    public bool TextWillDo => ResponseFormat is null && ToolChoice?.Mode is not (ToolChoiceMode.Required or ToolChoiceMode.Function);

    public string? IdempotencyKey { get; init; }

    /// <summary>Tells a repeated request from another one under the same key.</summary>
    public required string RequestHash { get; init; }
}
