using System.Collections.Immutable;
using LLMoin.Identity.Account;
using LLMoin.Identity.Clients;
using LLMoin.Identity.Users;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.OpenId;

/// <summary>
/// The token endpoint. OpenIddict has checked client, secret, code and verifier before; what is left is whom the token is for, by
/// today's state and not by that of an hour ago.
/// </summary>
internal static class TokenEndpoint
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(
        HttpContext context, TokenSubjects subjects, MachineClients machines, PasswordSignIn passwords, CancellationToken cancellation)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");

        if (request.IsAuthorizationCodeGrantType() || request.IsRefreshTokenGrantType())
        {
            var earlier = (await context.AuthenticateAsync(Scheme)).Principal;
            return await subjects.CurrentAsync(earlier, cancellation) is { } user
                ? SignIn(user, earlier!.GetScopes())
                : OpenIdFailure.Of(Errors.InvalidGrant, "The user cannot sign in any more.");
        }
        if (request.IsClientCredentialsGrantType())
        {
            return await machines.FindAsync(request.ClientId!, cancellation) is { } machine
                ? SignIn(machine, request.GetScopes())
                : OpenIdFailure.Of(Errors.InvalidClient, "There is no such client.");
        }
        if (request.IsPasswordGrantType())
            return await PasswordAsync(context, request, passwords, cancellation);
        return OpenIdFailure.Of(Errors.UnsupportedGrantType, "This grant type is not offered.");
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext context, OpenIddictRequest request, PasswordSignIn passwords, CancellationToken cancellation)
    {
        var attempt = await passwords.TryAsync(request.Username, request.Password, ClientAddress.Of(context), cancellation);
        if (attempt.User is { } user)
            return SignIn(Subject.Of(user), request.GetScopes());
        return OpenIdFailure.Of(Errors.InvalidGrant, attempt.Wait is { } wait
            ? $"Too many attempts; try again in {(int)Math.Ceiling(wait.TotalSeconds)} seconds."
            : "User name or password is wrong.");
    }

    private static IResult SignIn(Subject subject, ImmutableArray<string> scopes)
        => Results.SignIn(TokenSubjects.Principal(subject, scopes), properties: null, Scheme);
}
