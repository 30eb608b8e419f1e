using System.Globalization;
using LLMoin.Identity.Account;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.OpenId;

/// <summary>
/// The authorization endpoint (OpenID Connect Core, section 3.1.2): sends who is not signed in to the login page and comes back.
/// Consent is implicit, as the only clients are the platform's own.
/// </summary>
internal static class AuthorizeEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext context, TokenSubjects subjects, TimeProvider clock, CancellationToken cancellation)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var session = await context.AuthenticateAsync(SignInCookie.Scheme);
        var subject = IsFresh(session, request, clock) ? await subjects.CurrentAsync(session.Principal, cancellation) : null;
        if (subject is not null)
        {
            return Results.SignIn(
                TokenSubjects.Principal(subject, request.GetScopes()), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        return request.HasPromptValue(PromptValues.None)
            ? OpenIdFailure.Of(Errors.LoginRequired, "The user is not signed in.")
            : Results.LocalRedirect("/account/login" + QueryString.Create("returnUrl", ReturnUrl(context, request)));
    }

    private static bool IsFresh(AuthenticateResult session, OpenIddictRequest request, TimeProvider clock)
    {
        if (!session.Succeeded || request.HasPromptValue(PromptValues.Login))
            return false;
        return request.MaxAge is not { } seconds
            || (session.Properties?.IssuedUtc is { } since && clock.GetUtcNow() - since <= TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Back to this request, without the wish for a login that has then been granted.</summary>
    private static string ReturnUrl(HttpContext context, OpenIddictRequest request)
        => context.Request.Path + QueryString.Create(request.GetParameters()
            .Where(parameter => parameter.Key != Parameters.Prompt && (parameter.Key != Parameters.MaxAge || request.MaxAge != 0))
            .Select(parameter => KeyValuePair.Create(parameter.Key, Convert.ToString((string?)parameter.Value, CultureInfo.InvariantCulture))));
}
