using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>
/// Services accept one thing only: a token that the gateway signed less than a minute ago (ES256), or, where an endpoint allows it, within
/// the hour (<see cref="Delegation"/>). They hold the public key, so that no service can make an identity of its own; a service that
/// calls another passes the caller's token on.
/// </summary>
public static class InternalIdentitySetup
{
    internal const string Issuer = "llmoin-gateway";
    internal const string Audience = "llmoin-services";

    public static void AddInternalIdentity(this WebApplicationBuilder builder)
    {
        var key = VerificationKey(builder.Configuration["Internal:VerificationKey"]);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudiences = [Audience, Delegation.Audience],
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                ClockSkew = TimeSpan.FromSeconds(10),
                NameClaimType = IdentityClaims.Name,
                RoleClaimType = IdentityClaims.Role,
            };
            options.Events = new JwtBearerEvents { OnTokenValidated = Delegation.CheckAsync };
        });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(IdentityClaims.Tenant).Build());
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient<PassCallerOn>();
    }

    private static ECDsaSecurityKey VerificationKey(string? base64)
    {
        if (string.IsNullOrWhiteSpace(base64))
            throw new InvalidOperationException("Internal:VerificationKey is missing: the gateway's public key, base64 of a P-256 SubjectPublicKeyInfo.");
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
        return new ECDsaSecurityKey(ecdsa);
    }
}
