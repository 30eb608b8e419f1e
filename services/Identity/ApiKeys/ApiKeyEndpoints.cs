using LLMoin.ServiceDefaults;
using LLMoin.Contracts.Identity;
using LLMoin.Identity.Users;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.ApiKeys;

/// <summary>Everybody's own keys; administrators see and revoke all of their tenant.</summary>
internal static class ApiKeyEndpoints
{
    private const int DefaultDays = 90;
    private const int MaxDays = 365;
    private const int MaxKeysOfOne = 50;

    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/api-keys");
        keys.MapGet("", ListAsync);
        keys.MapPost("", CreateAsync);
        keys.MapDelete("/{id:guid}", RevokeAsync);
    }

    private static async Task<Results<Ok<Page<ApiKey>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<ApiKey>(
            """
            select k.id, k.user_id, u.name as user_name, k.name, k.prefix, k.roles, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
            from api_keys k join users u on u.id = k.user_id
            where k.id > @after and (@all or k.user_id::text = @UserId) order by k.id limit @limit + 1
            """, new { after = after ?? Guid.Empty, all = caller.Is(Roles.TenantAdmin), caller.UserId, limit }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, key => key.Id.ToString()));
    }

    private static async Task<Results<Created<CreatedApiKey>, ProblemResult>> CreateAsync(
        NewApiKey asked, Caller caller, TenantDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        if (Check(asked, caller) is { } problem)
            return problem;
        if (!Guid.TryParse(caller.UserId, out var userId))
            return NoOwner;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        // Locked, so that the count holds when two are made at once. A machine, or a person signed in elsewhere, has no row here.
        if (await transaction.SingleAsync<Guid?>("select id from users where id = @userId for update", new { userId }, cancellation) is null)
            return NoOwner;
        var now = clock.GetUtcNow().UtcDateTime;
        var live = await transaction.SingleAsync<long>(
            "select count(*) from api_keys where user_id = @userId and revoked_at is null and expires_at > @now", new { userId, now }, cancellation);
        if (live >= MaxKeysOfOne)
            return new ProblemResult(ProblemType.Conflict, $"Nobody can have more than {MaxKeysOfOne} keys in use; revoke one.", null,
                $"Niemand kann mehr als {MaxKeysOfOne} Schlüssel in Gebrauch haben; bitte einen widerrufen.");

        var key = ApiKeySecret.Create();
        var created = new CreatedApiKey(Guid.CreateVersion7(), key, asked.Name!.Trim(), ApiKeySecret.Prefix(key),
            asked.Roles is null ? null : [.. asked.Roles.Distinct()], now.AddDays(asked.ExpiresInDays ?? DefaultDays));
        await transaction.ExecuteAsync(
            """
            insert into api_keys (id, tenant, user_id, name, prefix, key_hash, roles, created_at, expires_at)
            values (@Id, @Tenant, @userId, @Name, @Prefix, @hash, @roles, @now, @ExpiresAt)
            """,
            new
            {
                created.Id,
                caller.Tenant,
                userId,
                created.Name,
                created.Prefix,
                hash = ApiKeySecret.Hash(key),
                roles = created.Roles?.ToArray(),
                now,
                created.ExpiresAt,
            }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/identity/api-keys/{created.Id}", created);
    }

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(
        Guid id, Caller caller, TenantDatabase database, TimeProvider clock, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var revoked = await transaction.ExecuteAsync(
            "update api_keys set revoked_at = coalesce(revoked_at, @now) where id = @id and (@all or user_id::text = @UserId)",
            new { id, all = caller.Is(Roles.TenantAdmin), caller.UserId, now = clock.GetUtcNow().UtcDateTime }, cancellation);
        if (revoked == 0)
            return new ProblemResult(ProblemType.NotFound);
        await transaction.PublishAsync(Guid.CreateVersion7(), new ApiKeyRevoked { Tenant = caller.Tenant, ApiKeyId = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }

    private static readonly ProblemResult NoOwner = new(
        ProblemType.Forbidden, "Keys belong to users of this installation; a machine has its client secret.");

    private static ProblemResult? Check(NewApiKey asked, Caller caller)
    {
        // A narrowed or expiring key that could make keys would not be narrow, and would not expire.
        if (caller.ApiKeyId is not null)
            return new(ProblemType.Forbidden, "An API key cannot make API keys; sign in to do so.", null,
                "Ein API-Schlüssel kann keine API-Schlüssel anlegen; bitte dazu anmelden.");
        if (NewUser.CheckName(asked.Name, "name") is { } problem)
            return problem;
        if (asked.ExpiresInDays is < 1 or > MaxDays)
            return new(ProblemType.InvalidRequest, $"1 to {MaxDays} days.", "expiresInDays", $"1 bis {MaxDays} Tage.");
        return asked.Roles is { } roles && (roles.Count == 0 || !roles.All(caller.Is))
            ? new(ProblemType.InvalidRequest, "One or more of your own roles.", "roles", "Eine oder mehrere Ihrer eigenen Rollen.")
            : null;
    }
}
