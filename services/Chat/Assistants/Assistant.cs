namespace LLMoin.Chat.Assistants;

/// <summary>What questions of a kind are put with.</summary>
internal sealed record Assistant
{
    /// <summary>The model of a request that leaves it to the assistant.</summary>
    public const string ItsModel = "assistant";

    public const string Columns =
        """
        id, case when audience like 'user:%' then 'private' else audience end as audience, owner, version, name, description, instruction, function, collection_ids,
        model, temperature, max_tokens, may_change(owner, audience) as may_change, created_at, updated_at
        """;

    public required Guid Id { get; init; }

    /// <summary><c>private</c>, <c>tenant</c> or <c>department:&lt;id&gt;</c>.</summary>
    public required string Audience { get; init; }

    public required string Owner { get; init; }

    /// <summary>Counted up by each change; the ETag.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Goes before the request's messages as one of the system's; empty for none.</summary>
    public required string Instruction { get; init; }

    /// <summary><c>chat</c>, <c>summarise</c>, <c>research</c>, <c>draft</c> or <c>translate</c>.</summary>
    public required string Function { get; init; }

    /// <summary>Answered from where a request names no sources.</summary>
    public required Guid[] CollectionIds { get; init; }

    /// <summary>Answers a request for the model <c>assistant</c>; null where the request must name one.</summary>
    public string? Model { get; init; }

    public float? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>Whether the caller may change and delete it.</summary>
    public required bool MayChange { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }
}
