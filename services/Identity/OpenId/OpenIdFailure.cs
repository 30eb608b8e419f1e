using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace LLMoin.Identity.OpenId;

internal static class OpenIdFailure
{
    /// <summary>An error as the protocol wants it: in the token answer, or on the way back to the client.</summary>
    /// <param name="error">One of the protocol's codes (RFC 6749, section 5.2).</param>
    /// <param name="description">For a developer.</param>
    public static IResult Of(string error, string description)
        => Results.Forbid(
            new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
            }),
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
