using System.Security.Claims;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Identity.Account;

/// <summary>
/// The provider's own session: who signed in on the login page. Worth nothing to any other service; the gateway keeps its own.
/// </summary>
internal static class SignInCookie
{
    public const string Scheme = "sign-in";
    public const string CookieName = "llmoin-sign-in";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static ClaimsPrincipal Principal(User user) => new(new ClaimsIdentity(
        [new Claim(IdentityClaims.Subject, user.Id.ToString()), new Claim(IdentityClaims.Tenant, user.Tenant)], Scheme));
}
