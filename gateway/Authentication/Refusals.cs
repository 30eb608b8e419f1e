using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace LLMoin.Gateway.Authentication;

/// <summary>401 and 403 as problems, whatever scheme was asked: a program never gets a redirect to a sign-in page.</summary>
internal sealed class Refusals : IAuthorizationMiddlewareResultHandler
{
    private static readonly object DownKey = new();

    public static void IdentityIsDown(HttpContext context) => context.Items[DownKey] = true;

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (context.Items.ContainsKey(DownKey))
        {
            context.Response.Headers.RetryAfter = "2";
            return new ProblemResult(ProblemType.Unavailable, "The identity service cannot be asked who you are.",
                DetailDe: "Der Identitätsdienst ist nicht erreichbar.").ExecuteAsync(context);
        }

        if (authorizeResult.Forbidden)
            return new ProblemResult(ProblemType.Forbidden).ExecuteAsync(context);
        context.Response.Headers.WWWAuthenticate = context.Request.Headers.ContainsKey("Authorization") ? "Bearer error=\"invalid_token\"" : "Bearer";
        return new ProblemResult(ProblemType.Unauthenticated).ExecuteAsync(context);
    }
}
