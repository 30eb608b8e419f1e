using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Authentication;

/// <summary><c>Authorization: Bearer llmoin_…</c>. Any other header than that one is never read for a key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityChecks checks, TrustedFrontends frontends)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Prefix = "Bearer llmoin_";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Two Authorization headers, another scheme, or no token at all: nobody.
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.Ordinal) || header.Length > 256)
            return AuthenticateResult.Fail("The Authorization header cannot be read.");

        try
        {
            var owner = await checks.KeyAsync(header["Bearer ".Length..], Context.RequestAborted);
            if (owner is null)
                return AuthenticateResult.Fail("The key is unknown, revoked or expired.");
            var caller = await frontends.OnBehalfOfAsync(owner, Request, Context.RequestAborted);
            return caller is null
                ? AuthenticateResult.Fail("The front-end names a user who cannot be confirmed.")
                : AuthenticateResult.Success(new AuthenticationTicket(Callers.Principal(caller, Scheme.Name), Scheme.Name));
        }
        catch (IdentityUnavailableException)
        {
            Refusals.IdentityIsDown(Context);
            return AuthenticateResult.Fail("The key cannot be checked at present.");
        }
    }
}
