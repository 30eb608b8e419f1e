using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>
/// Work that outlives its request, a long summary for instance, still reads in the name of who ordered it: the gateway gives it, beside
/// the caller's identity, a token that lasts an hour and opens only the endpoints marked with <see cref="AllowDelegation{T}"/>, all of
/// which only read. What the person may read is decided by the service that is asked, at the time of asking.
/// </summary>
public static class Delegation
{
    /// <summary>The request header in which the gateway hands it over; one from outside never passes.</summary>
    public const string Header = "X-LLMoin-Delegation";

    internal const string Audience = "llmoin-reading";

    /// <summary>The endpoint only reads, and may be called for somebody who has ordered longer work.</summary>
    public static T AllowDelegation<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(Allowed.Instance);

    internal static Task CheckAsync(TokenValidatedContext context)
    {
        if (context.SecurityToken is JsonWebToken token && token.Audiences.Contains(Audience) && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Allowed>() is null)
            context.Fail("The token is for reading in somebody's name, and this endpoint is not among those.");
        return Task.CompletedTask;
    }

    private sealed class Allowed
    {
        public static readonly Allowed Instance = new();
    }
}
