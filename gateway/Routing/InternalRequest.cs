using LLMoin.Gateway.Authentication;
using LLMoin.Gateway.Sessions;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace LLMoin.Gateway.Routing;

/// <summary>
/// What a service gets to see: never the client's credentials, nor anything by which a client could pass for somebody; instead
/// the identity that this process signs.
/// </summary>
internal static class InternalRequest
{
    private static readonly string[] ClientIdentity =
        ["X-LLMoin-", "X-Forwarded-", "X-Original-", "X-Real-IP", "X-OpenWebUI-User-", "X-Remote-", "X-User", "X-Auth-", "X-Tenant"];

    /// <summary>What is ordered here goes on after its request, and reads documents meanwhile.</summary>
    private const string LongerWork = "/api/chat/runs";

    public static void Prepare(HttpContext context, InternalTokens tokens)
    {
        var headers = context.Request.Headers;
        foreach (var name in headers.Keys.Where(IsClientIdentity).ToList())
            headers.Remove(name);

        if (IsPublic(context))
        {
            // The provider's own pages: its cookies and its clients' secrets pass, our session does not.
            headers.Cookie = WithoutSession(headers.Cookie.ToString());
        }
        else
        {
            headers.Remove(HeaderNames.Cookie);
            var caller = Caller.From(context.User);
            headers.Authorization = tokens.For(caller);
            if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(LongerWork))
                headers[Delegation.Header] = tokens.DelegationFor(caller);
        }
    }

    private static bool IsPublic(HttpContext context)
        => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsClientIdentity(string name)
        => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(ClientIdentity, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string WithoutSession(string cookies)
        => string.Join("; ", cookies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(cookie => !cookie.StartsWith(SessionSetup.CookieBaseName, StringComparison.Ordinal)
                && !cookie.StartsWith(SessionSetup.SecurePrefix + SessionSetup.CookieBaseName, StringComparison.Ordinal)));
}
