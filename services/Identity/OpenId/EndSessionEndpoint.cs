using LLMoin.Identity.Account;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace LLMoin.Identity.OpenId;

/// <summary>OpenID Connect RP-Initiated Logout 1.0: ends the session here, then goes where the client may send its users.</summary>
internal static class EndSessionEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext context)
    {
        await context.SignOutAsync(SignInCookie.Scheme);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/account/logout" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
