using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;

namespace LLMoin.Gateway.Authentication;

/// <summary>Who asks: an API key, a token of a known authority, or a browser's session; the first that is there decides alone.</summary>
internal static class CallerSetup
{
    public static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<OidcOptions>("Oidc");
        builder.Services.AddValidatedOptions<TrustedFrontendOptions>("TrustedFrontends");
        builder.Services.AddSingleton<InternalTokens>();
        builder.Services.AddSingleton<TrustedFrontends>();
        builder.Services.AddSingleton<IdentityBackchannel>();
        builder.Services.AddSingleton(services => new IdentityChecks(
            new HttpClient(services.GetRequiredService<IdentityBackchannel>(), disposeHandler: false)
            {
                BaseAddress = new Uri("http://identity/"),
                Timeout = TimeSpan.FromSeconds(10),
            }, services.GetRequiredService<InternalTokens>()));
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        builder.Services.AddHealthChecks().AddCheck<IdentityHealth>("identity");

        var authorities = Authorities(builder.Configuration);
        var authentication = builder.Services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, options => options.ForwardDefaultSelector = context => Select(context.Request, authorities))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.ApiKey, null);
        foreach (var authority in authorities)
            authentication.AddAuthority(authority);

        builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(IdentityClaims.Tenant).Build());
    }

    /// <summary>Schemes are made while services are registered, so the two sections are read before they are validated.</summary>
    public static IReadOnlyList<OidcAuthority> Authorities(IConfiguration configuration)
        => configuration.GetValue<Uri>("Gateway:PublicUrl") is { } publicUrl
            ? (configuration.GetSection("Oidc").Get<OidcOptions>() ?? new OidcOptions()).All(publicUrl)
            : [];

    private static string Select(HttpRequest request, IReadOnlyList<OidcAuthority> authorities)
    {
        if (request.Headers.Authorization.Count == 0)
            return Schemes.Session;
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.Ordinal)
            || header.StartsWith(ApiKeyHandler.Prefix, StringComparison.Ordinal))
            return Schemes.ApiKey;

        // The issuer is read unverified only to find out whose keys to verify with.
        var issuer = Issuer(header["Bearer ".Length..]);
        var authority = authorities.FirstOrDefault(candidate => candidate.Audience is not null
            && string.Equals(candidate.Authority.AbsoluteUri.TrimEnd('/'), issuer?.TrimEnd('/'), StringComparison.Ordinal));
        return authority is null ? Schemes.ApiKey : Schemes.Bearer(authority);
    }

    private static string? Issuer(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
