namespace LLMoin.Contracts.Retrieval;

/// <summary>Command of the retrieval service to itself: read this stored document in.</summary>
[Message("retrieval", "ingest-document.v1")]
public sealed record IngestDocument
{
    public required Guid DocumentId { get; init; }

    public required string Tenant { get; init; }

    public required string UserId { get; init; }
}

/// <summary>Command of the retrieval service to itself: the file is read; cut its text into passages and put them in the place of older ones.</summary>
[Message("retrieval", "index-document.v1")]
public sealed record IndexDocument
{
    public required Guid DocumentId { get; init; }

    public required string Tenant { get; init; }

    public required string UserId { get; init; }
}

[Message("retrieval", "document-indexed.v1")]
public sealed record DocumentIndexed
{
    public required Guid DocumentId { get; init; }

    public required string Tenant { get; init; }

    public required int Chunks { get; init; }
}

[Message("retrieval", "document-deleted.v1")]
public sealed record DocumentDeleted
{
    public required Guid DocumentId { get; init; }

    public required string Tenant { get; init; }
}

/// <summary>Command of the retrieval service to itself: have the passages embedded that are not yet.</summary>
[Message("retrieval", "embed-document.v1")]
public sealed record EmbedDocument
{
    public required Guid DocumentId { get; init; }

    public required string Tenant { get; init; }
}
