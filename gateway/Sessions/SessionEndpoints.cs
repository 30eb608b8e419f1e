using LLMoin.Gateway.Authentication;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Sessions;

/// <param name="UserId">Subject within the tenant.</param>
/// <param name="Name">For display.</param>
/// <param name="Tenant">Short name of the tenant.</param>
/// <param name="Roles">The platform's roles the user holds now.</param>
/// <param name="DashboardUrl">Where operators see traces, metrics and logs; for them only, where one is configured.</param>
internal sealed record Me(string UserId, string Name, string Tenant, IReadOnlyCollection<string> Roles, string? DashboardUrl);

/// <param name="Location">Where the page goes next: the provider's sign-out, or the start page.</param>
internal sealed record SignedOut(string Location);

/// <summary>Signing in and out in a browser.</summary>
internal static partial class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        var auth = app.MapGroup("/auth").WithTags("Session");
        auth.MapGet("/login", Login).AllowAnonymous().WithSummary("Sign in with a browser")
            .WithDescription("Redirects to the authority and, signed in, back to returnUrl, a path of this site. authority names one of several.");
        auth.MapPost("/logout", LogoutAsync).RequireAuthorization().WithSummary("End the browser's session");
        auth.MapGet("/me", WhoAmI).RequireAuthorization().WithSummary("Who is signed in");
    }

    private static Results<ChallengeHttpResult, ProblemResult> Login(string? returnUrl, string? authority, IConfiguration configuration)
    {
        var known = CallerSetup.Authorities(configuration);
        var chosen = authority is null ? known[0] : known.FirstOrDefault(candidate => candidate.Name == authority);
        if (chosen is null)
            return new ProblemResult(ProblemType.NotFound, "No authority of this name is configured.", "authority", "Ein Anmeldedienst dieses Namens ist nicht eingerichtet.");
        return TypedResults.Challenge(new AuthenticationProperties { RedirectUri = IsLocal(returnUrl) ? returnUrl : "/" }, [Schemes.SignIn(chosen)]);
    }

    private static async Task<Ok<SignedOut>> LogoutAsync(HttpContext context, IConfiguration configuration, IOptions<GatewayOptions> gateway)
    {
        var name = context.User.FindFirst(Callers.AuthorityClaim)?.Value;
        await context.SignOutAsync(Schemes.Session);
        var authority = CallerSetup.Authorities(configuration).FirstOrDefault(known => known.Name == name);
        return TypedResults.Ok(new SignedOut(authority is null ? "/" : await EndSessionAsync(context, authority, gateway.Value)));
    }

    private static Ok<Me> WhoAmI(Caller caller, IOptions<GatewayOptions> gateway)
        => TypedResults.Ok(new Me(
            caller.UserId, caller.Name, caller.Tenant, caller.Roles.Order(StringComparer.Ordinal).ToList(),
            caller.Roles.Contains(Roles.Operator) ? gateway.Value.DashboardUrl : null));

    /// <summary>OpenID Connect RP-Initiated Logout 1.0, where the authority offers it; no ID token is kept to hint with.</summary>
    private static async Task<string> EndSessionAsync(HttpContext context, OidcAuthority authority, GatewayOptions gateway)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Schemes.SignIn(authority));
        try
        {
            var metadata = await options.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
            return string.IsNullOrEmpty(metadata.EndSessionEndpoint)
                ? "/"
                : metadata.EndSessionEndpoint + QueryString.Create(new Dictionary<string, string?>
                {
                    ["client_id"] = authority.ClientId,
                    ["post_logout_redirect_uri"] = new Uri(gateway.PublicUrl, OidcSchemes.SignedOutPath + authority.PathEnd).AbsoluteUri,
                });
        }
        catch (InvalidOperationException)
        {
            return "/";
        }
    }

    /// <summary>A denied, stale or forged answer of an authority: back to the start page, which offers to sign in again.</summary>
    public static Task SignInFailed(RemoteFailureContext context)
    {
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SessionEndpoints).FullName!);
        LogSignInFailed(logger, context.Scheme.Name, context.Failure?.GetType().Name ?? "unknown", context.HttpContext.TraceIdentifier);
        context.Response.Redirect("/?sign-in=failed");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>A path of this site: one slash, no second one or backslash behind it, nothing that a browser would strip.</summary>
    private static bool IsLocal(string? url)
        => url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) && !url.Contains('\\', StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "Signing in through {Scheme} failed: {Reason}, request {RequestId}")]
    private static partial void LogSignInFailed(ILogger logger, string scheme, string reason, string requestId);
}
