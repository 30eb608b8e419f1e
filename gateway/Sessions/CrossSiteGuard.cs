using LLMoin.Gateway.Authentication;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Gateway.Sessions;

/// <summary>
/// A browser adds the cookie to requests that other sites make it send. One that changes something must come from our own page:
/// the browser says so itself (Fetch Metadata), or the page adds a header that no foreign form can.
/// </summary>
internal static class CrossSiteGuard
{
    public const string Header = "X-LLMoin-CSRF";

    public static void UseCrossSiteGuard(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return safe || context.User.Identity?.AuthenticationType != Schemes.Session
            || request.Headers[Header] == "1" || request.Headers["Sec-Fetch-Site"] == "same-origin"
            ? next(context)
            : new ProblemResult(ProblemType.Forbidden, $"A request with a session cookie that changes something needs the header {Header}: 1.",
                DetailDe: $"Eine ändernde Anfrage mit Sitzungs-Cookie braucht die Kopfzeile {Header}: 1.").ExecuteAsync(context);
    });
}
