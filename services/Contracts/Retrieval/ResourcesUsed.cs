namespace LLMoin.Contracts.Retrieval;

/// <summary>What reading a document in, keeping documents, or a model's work for either or for a search used. Counted exactly once by <see cref="UsageId"/>; holds no text and no name of a file.</summary>
[Message("retrieval", "resources-used.v1")]
public sealed record ResourcesUsed
{
    /// <summary>Of an ingestion its document's reading; of a model's work its request; of storage derived from tenant and day, so that a day counts once.</summary>
    public required Guid UsageId { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Empty where it is nobody's: storage, and what a connected source brings.</summary>
    public required string UserId { get; init; }

    /// <summary>The id of the person's department; null where none is known.</summary>
    public string? Department { get; init; }

    public required ResourceKind Kind { get; init; }

    /// <summary>Pages read in by an ingestion.</summary>
    public int Pages { get; init; }

    /// <summary>Of an ingestion the file's size; of storage what the tenant keeps at the end of the day; else 0.</summary>
    public required long Bytes { get; init; }

    /// <summary>From order to end, in milliseconds; null where unknown.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Of a model's work: what it was for, <c>ingestion</c> or <c>search</c>; else null.</summary>
    public string? Purpose { get; init; }

    /// <summary>Of a model's work: the model; else null.</summary>
    public string? Model { get; init; }

    /// <summary>The model's price class when it was asked; null where it has none.</summary>
    public string? PriceClass { get; init; }

    /// <summary>Of a model's work: tokens read in, as the model counts them; else null.</summary>
    public int? PromptTokens { get; init; }

    public required bool Failed { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}

public enum ResourceKind
{
    Ingestion,
    Storage,
    Embedding,
    Rerank,
}
