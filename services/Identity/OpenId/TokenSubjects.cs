using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.OpenId;

/// <summary>Turns who may act now into what goes into tokens.</summary>
internal sealed class TokenSubjects(UserDirectory users)
{
    /// <summary>The user that an earlier principal (cookie, code, refresh token) names, with today's roles; null when not active any more.</summary>
    public async Task<Subject?> CurrentAsync(ClaimsPrincipal? earlier, CancellationToken cancellation)
        => earlier?.FindFirst(IdentityClaims.Tenant)?.Value is { } tenant
            && Guid.TryParse(earlier.FindFirst(Claims.Subject)?.Value, out var id)
            && await users.FindActiveAsync(tenant, id, cancellation) is { } user
            ? Subject.Of(user)
            : null;

    public static ClaimsPrincipal Principal(Subject subject, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject.Id.ToString());
        identity.SetClaim(Claims.Name, subject.Name);
        identity.SetClaim(IdentityClaims.Tenant, subject.Tenant);
        // As JSON, so that it is an array for one role too.
        identity.AddClaim(new Claim(IdentityClaims.Role, JsonSerializer.Serialize(subject.Roles), JsonClaimValueTypes.JsonArray));
        identity.AddClaim(new Claim(IdentityClaims.Department, JsonSerializer.Serialize(subject.Departments), JsonClaimValueTypes.JsonArray));
        identity.SetScopes(scopes);
        identity.SetResources(OpenIdNames.Audience);
        // The gateway reads a browser user's tenant, roles and departments from the identity token.
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
