using LLMoin.Gateway.Sessions;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.Gateway.Authentication;

/// <summary>The two schemes of one authority: browsers sign in (OpenID Connect, code flow, RFC 7636), programs bring tokens (RFC 9068).</summary>
internal static class OidcSchemes
{
    public const string SignInPath = "/signin-oidc";
    public const string SignedOutPath = "/signout-callback-oidc";

    public static void AddAuthority(this AuthenticationBuilder authentication, OidcAuthority authority)
    {
        authentication.AddOpenIdConnect(Schemes.SignIn(authority), options => SignIn(options, authority));
        authentication.Services.AddOptions<OpenIdConnectOptions>(Schemes.SignIn(authority)).Configure<IdentityBackchannel>((options, backchannel) =>
        {
            if (authority.IsBuiltIn)
                options.Backchannel = Backchannel(backchannel);
        });
        if (authority.Audience is null)
            return;
        authentication.AddJwtBearer(Schemes.Bearer(authority), options => Bearer(options, authority));
        authentication.Services.AddOptions<JwtBearerOptions>(Schemes.Bearer(authority)).Configure<IdentityBackchannel>((options, backchannel) =>
        {
            if (authority.IsBuiltIn)
                options.Backchannel = Backchannel(backchannel);
        });
    }

    private static HttpClient Backchannel(IdentityBackchannel handler)
        => new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };

    private static void SignIn(OpenIdConnectOptions options, OidcAuthority authority)
    {
        options.Authority = authority.Authority.AbsoluteUri;
        options.RequireHttpsMetadata = authority.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = authority.ClientId;
        options.ClientSecret = authority.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = SignInPath + authority.PathEnd;
        options.SignedOutCallbackPath = SignedOutPath + authority.PathEnd;
        options.RemoteSignOutPath = PathString.Empty;
        options.SignInScheme = Schemes.Session;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.Scope.Clear();
        foreach (var scope in (string[])(authority.IsBuiltIn ? ["openid", "profile", "api"] : ["openid", "profile"]))
            options.Scope.Add(scope);
        // Lax, as the answer comes back as a plain navigation (response_mode=query).
        foreach (var cookie in (Microsoft.AspNetCore.Http.CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Path = options.CallbackPath;
        }

        options.Events.OnTokenValidated = context =>
        {
            if (Callers.FromToken(context.Principal!, authority, Schemes.Session) is { } principal)
                context.Principal = principal;
            else
                context.Fail("The authority names no subject or no tenant.");
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = SessionEndpoints.SignInFailed;
        options.Events.OnSignedOutCallbackRedirect = context =>
        {
            context.Response.Redirect("/");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static void Bearer(JwtBearerOptions options, OidcAuthority authority)
    {
        options.Authority = authority.Authority.AbsoluteUri;
        options.RequireHttpsMetadata = authority.Authority.Scheme == Uri.UriSchemeHttps;
        options.MapInboundClaims = false;
        options.RefreshInterval = TimeSpan.FromSeconds(30);
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = authority.Audience,
            // Only access tokens of the built-in provider: an ID token is for its client, not for us.
            ValidTypes = authority.IsBuiltIn ? ["at+jwt"] : null,
            ClockSkew = TimeSpan.FromSeconds(10),
            NameClaimType = IdentityClaims.Name,
            RoleClaimType = IdentityClaims.Role,
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context => ConfirmAsync(context, authority),
            OnAuthenticationFailed = NoticeMissingKeysAsync,
        };
    }

    /// <summary>Without the authority's keys every token looks forged; that is no verdict on this one.</summary>
    private static async Task NoticeMissingKeysAsync(Microsoft.AspNetCore.Authentication.JwtBearer.AuthenticationFailedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            Refusals.IdentityIsDown(context.HttpContext);
        }
    }

    private static async Task ConfirmAsync(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext context, OidcAuthority authority)
    {
        try
        {
            var principal = Callers.FromToken(context.Principal!, authority, context.Scheme.Name);
            if (principal is not null)
            {
                var checks = context.HttpContext.RequestServices.GetRequiredService<IdentityChecks>();
                principal = await checks.RefreshAsync(principal, authority.IsBuiltIn, context.HttpContext.RequestAborted);
            }

            if (principal is null)
                context.Fail("The user is suspended, gone, or of no tenant.");
            else
                context.Principal = principal;
        }
        catch (IdentityUnavailableException)
        {
            Refusals.IdentityIsDown(context.HttpContext);
            context.Fail("The user cannot be checked at present.");
        }
    }
}
