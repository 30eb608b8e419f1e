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

    /// <summary>See <see cref="Contracts.Chat.UsageRecorded.Department"/>.</summary>
    public string? Department { get; init; }

    /// <summary>When the person began to wait for the answer; null where nobody waits for this one alone.</summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>Null where the caller asked not to store.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The message that the answer follows; null at a conversation's beginning.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>The assistant that was asked.</summary>
    public Guid? AssistantId { get; init; }

    public required string Model { get; init; }

    /// <summary>See <see cref="Contracts.Chat.UsageRecorded.Purpose"/>.</summary>
    public required string Purpose { get; init; }

    public required IReadOnlyList<PromptMessage> Messages { get; init; }

    /// <summary>What the user has said.</summary>
    public string Asked => string.Join('\n', Messages.Where(message => message.Role == "user").Select(message => message.Content));

    public IReadOnlyList<FoundPassage> Passages { get; init; } = [];

    /// <summary>The same under the numbers by which the answer cites them; by default their places, from 1.</summary>
    public IReadOnlyList<Passage> Numbered
    {
        get => field ?? [.. Passages.Select((passage, index) => passage.Numbered(index + 1))];
        init;
    }

    /// <summary>See <see cref="GenerationRequest.Bare"/>.</summary>
    public bool Bare { get; init; }

    public Priority Priority { get; init; } = Priority.Interactive;

    /// <summary>How long it may wait for a slot; null for the usual time, after which the fallback model answers.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Retrieval did not answer although sources were wanted.</summary>
    public bool SourcesUnavailable { get; init; }

    public required Sampling Sampling { get; init; }

    /// <summary>What the answer must parse as; null for free text.</summary>
    public ResponseFormat? ResponseFormat { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>It may be answered by the fallback model, which only writes text; longer work keeps to one model.</summary>
    public bool TextWillDo => Patience is null && ResponseFormat is null && ToolChoice?.Mode is not (ToolChoiceMode.Required or ToolChoiceMode.Function);

    public string? IdempotencyKey { get; init; }

    /// <summary>Tells a repeated request from another one under the same key.</summary>
    public required string RequestHash { get; init; }
}
