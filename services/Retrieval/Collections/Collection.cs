namespace LLMoin.Retrieval.Collections;

/// <summary>A set of documents with common readers, as one of them or its manager sees it.</summary>
internal sealed record Collection
{
    public const string Columns =
        """
        id, name, owner, case when manages(owner) then readers end as readers, manages(owner) as may_manage,
        manages(owner) and readers && principals() as may_upload,
        (select count(*) from documents d where d.collection_id = collections.id) as documents, created_at
        """;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>user:&lt;subject&gt;</c>, <c>department:&lt;id&gt;</c> or <c>tenant</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>The principals who may read it; told to who manages it, else null.</summary>
    public string[]? Readers { get; init; }

    /// <summary>Whether the caller may rename, share and delete it.</summary>
    public required bool MayManage { get; init; }

    /// <summary>Whether the caller may add documents: who manages and reads it.</summary>
    public required bool MayUpload { get; init; }

    /// <summary>Number of its documents that the caller may read.</summary>
    public required long Documents { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Owner"><c>user:</c> and one's own subject (default), <c>department:&lt;id&gt;</c> or <c>tenant</c>.</param>
/// <param name="Readers">Principals, at most 100; the owner when absent.</param>
internal sealed record NewCollection(string? Name, string? Owner, IReadOnlyList<string>? Readers);

/// <param name="Name">The new name; as it is when absent.</param>
/// <param name="Readers">All readers from now on; as they are when absent.</param>
internal sealed record CollectionChange(string? Name, IReadOnlyList<string>? Readers);
