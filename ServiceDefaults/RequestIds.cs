using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults;

/// <summary>
/// One id per request through the whole platform: taken over from <c>x-request-id</c> where it is sane, else new; on every
/// answer, in every problem and, through the gateway, on every forwarded request.
/// </summary>
public static class RequestIds
{
    public const string Header = "x-request-id";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public static void UseRequestIds(this WebApplication app) => app.Use((context, next) =>
    {
        var id = context.Request.Headers[Header] is [{ } given] && IsSane(given) ? given : Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = id;
        context.Request.Headers[Header] = id;
        context.Response.OnStarting(static state =>
        {
            var started = (HttpContext)state;
            started.Response.Headers[Header] = started.TraceIdentifier;
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <summary>Long enough to be an id, short and plain enough to be put into logs and answers.</summary>
    private static bool IsSane(string id)
        => id.Length is >= 8 and <= 64 && !id.AsSpan().ContainsAnyExcept(Allowed);
}
