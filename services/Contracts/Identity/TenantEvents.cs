namespace LLMoin.Contracts.Identity;

[Message("identity", "tenant-created.v1")]
public sealed record TenantCreated
{
    public required string Tenant { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>The Land or agency above it, where there is one.</summary>
    public string? Parent { get; init; }
}

[Message("identity", "user-changed.v1")]
public sealed record UserChanged
{
    public required string Tenant { get; init; }

    public required string UserId { get; init; }

    public required bool Suspended { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }
}

[Message("identity", "api-key-revoked.v1")]
public sealed record ApiKeyRevoked
{
    public required string Tenant { get; init; }

    public required Guid ApiKeyId { get; init; }
}
