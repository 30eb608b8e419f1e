using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.ApiKeys;

internal sealed record ApiKeyCheck(string? Key);

/// <summary>For the gateway. Whatever is wrong with a key, the answer is the same.</summary>
internal static class ApiKeyCheckEndpoint
{
    public static void MapApiKeyChecks(this RouteGroupBuilder api)
        => api.MapPost("/api-key-checks", CheckAsync).RequireAuthorization(policy => policy.RequireRole(Roles.Gateway));

    private static async Task<Results<Ok<ApiKeyOwner>, ProblemResult>> CheckAsync(ApiKeyCheck check, ApiKeyStore keys, CancellationToken cancellation)
    {
        if (check.Key is null)
            return new ProblemResult(ProblemType.InvalidRequest, "The key to check.", "key", "Der Schlüssel, der zu prüfen ist.");
        return ApiKeySecret.LooksLikeOne(check.Key) && await keys.FindOwnerAsync(check.Key, cancellation) is { } owner
            ? TypedResults.Ok(owner)
            : new ProblemResult(ProblemType.NotFound);
    }
}
