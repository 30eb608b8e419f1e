using System.ComponentModel.DataAnnotations;
using System.Text;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.Gateway.Authentication;

/// <summary>Section <c>TrustedFrontends</c>: shared front-ends such as Open WebUI that act for their signed-in users with one key.</summary>
internal sealed class TrustedFrontendOptions : IValidatableObject
{
    /// <summary>HS256 secret shared with the front-end (Open WebUI: <c>FORWARD_USER_INFO_HEADER_JWT_SECRET</c>), 32 bytes or more.</summary>
    public string? Secret { get; init; }

    /// <summary>Only a request with one of these keys may name somebody else.</summary>
    public IReadOnlyList<Guid> ApiKeyIds { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKeyIds.Count > 0 && Encoding.UTF8.GetByteCount(Secret ?? "") < 32)
            yield return new("TrustedFrontends:Secret needs 32 bytes or more where TrustedFrontends:ApiKeyIds names a key.", [nameof(Secret)]);
    }
}

/// <summary>
/// Plain <c>X-OpenWebUI-User-*</c> headers never grant rights: anybody can send them. A signed <c>X-OpenWebUI-User-Jwt</c> beside a
/// listed key makes the named user of the key's tenant the subject, with that user's roles; the key stays recorded.
/// </summary>
internal sealed class TrustedFrontends(IOptions<TrustedFrontendOptions> options, IdentityChecks checks)
{
    public const string Header = "X-OpenWebUI-User-Jwt";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <returns>Who asks; null where a listed key carries a token that is not to be believed or names nobody.</returns>
    public async Task<Caller?> OnBehalfOfAsync(Caller owner, HttpRequest request, CancellationToken cancellation)
    {
        if (owner.ApiKeyId is not { } key || !options.Value.ApiKeyIds.Contains(key) || request.Headers[Header] is not [{ } token])
            return owner;

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(options.Value.Secret!)),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            ClockSkew = TimeSpan.FromSeconds(10),
        });
        if (!result.IsValid || !result.Claims.TryGetValue("email", out var claim) || claim is not string { Length: > 0 } email)
            return null;
        return await checks.EmailAsync(owner.Tenant, email, cancellation) is { } user ? user with { ApiKeyId = key } : null;
    }
}
