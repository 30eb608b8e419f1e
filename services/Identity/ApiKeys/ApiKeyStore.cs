using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Identity.ApiKeys;

/// <param name="UserId">The owner, whom the key acts as.</param>
/// <param name="Roles">The owner's roles of today, narrowed to those of the key.</param>
/// <param name="Email">The owner's address.</param>
internal sealed record ApiKeyOwner(
    string Tenant, Guid UserId, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Departments, string Email, Guid ApiKeyId, DateTime ExpiresAt);

internal sealed class ApiKeyStore(TenantDatabase database, UserDirectory users, TimeProvider clock)
{
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromHours(1);

    /// <summary>Whom a key stands for; null when it is unknown, expired or revoked, or its owner is not active.</summary>
    public async Task<ApiKeyOwner?> FindOwnerAsync(string key, CancellationToken cancellation)
    {
        var hash = ApiKeySecret.Hash(key);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await FindAsync(hash, cancellation) is not { } found || found.RevokedAt is not null || found.ExpiresAt <= now)
            return null;
        if (await users.FindActiveAsync(found.Tenant, found.UserId, cancellation) is not { } owner)
            return null;

        if (found.LastUsedAt is null || found.LastUsedAt < now - NoteUseEvery)
            await NoteUseAsync(found, now, cancellation);
        IReadOnlyList<string> roles = found.Roles is { } narrowed ? [.. owner.Roles.Intersect(narrowed)] : owner.Roles;
        return new ApiKeyOwner(owner.Tenant, owner.Id, owner.Name, roles, owner.Departments, owner.UserName, found.Id, found.ExpiresAt);
    }

    private async Task<Row?> FindAsync(string hash, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.LookUpAsync(hash, cancellation);
        return await transaction.SingleAsync<Row>(
            "select id, tenant, user_id, roles, expires_at, revoked_at, last_used_at from api_keys where key_hash = @hash",
            new { hash }, cancellation);
    }

    private async Task NoteUseAsync(Row key, DateTime now, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(key.Tenant, key.UserId.ToString(), cancellation);
        await transaction.ExecuteAsync("update api_keys set last_used_at = @now where id = @Id", new { now, key.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required string Tenant { get; init; }

        public required Guid UserId { get; init; }

        public string[]? Roles { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public DateTime? RevokedAt { get; init; }

        public DateTime? LastUsedAt { get; init; }
    }
}
