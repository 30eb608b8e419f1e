namespace LLMoin.Identity.ApiKeys;

/// <summary>A key as stored, with its owner's name; never the key itself.</summary>
internal sealed record ApiKey
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string UserName { get; init; }

    public required string Name { get; init; }

    /// <summary>What the key begins with.</summary>
    public required string Prefix { get; init; }

    /// <summary>Null: all roles that the owner has.</summary>
    public string[]? Roles { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <summary>To the hour.</summary>
    public DateTime? LastUsedAt { get; init; }
}

/// <param name="Name">What it is for, up to 200 characters.</param>
/// <param name="ExpiresInDays">1 to 365; 90 where absent.</param>
/// <param name="Roles">Fewer roles than the owner has; absent: all of them.</param>
internal sealed record NewApiKey(string? Name, int? ExpiresInDays, IReadOnlyList<string>? Roles);

/// <param name="Key">The secret, shown this once.</param>
internal sealed record CreatedApiKey(Guid Id, string Key, string Name, string Prefix, IReadOnlyList<string>? Roles, DateTime ExpiresAt);
