using LLMoin.Budgeting;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Gateway.Budgets;

/// <summary>Requests for which a model works. Reading, stopping and deleting cost nothing and pass whatever is spent.</summary>
internal static class CostlyRequest
{
    private static readonly PathString[] Models = ["/v1/chat/completions", "/v1/embeddings", "/v1/rerank"];
    private static readonly PathString Runs = "/api/chat/runs";

    /// <returns>Who would bear it; null where it costs nothing, or nobody known asks.</returns>
    public static Spender? SpenderOf(HttpContext context)
        => HttpMethods.IsPost(context.Request.Method) && IsCostly(context.Request) && context.User.Identity?.IsAuthenticated is true
            ? Spender.Of(Caller.From(context.User))
            : null;

    /// <summary>A repeated request is chat's to tell from a new one: the stored answer costs nothing.</summary>
    private static bool IsCostly(HttpRequest request)
        => (Array.Exists(Models, path => request.Path.StartsWithSegments(path)) && !request.Headers.ContainsKey("Idempotency-Key")) || OrdersRun(request.Path);

    /// <summary><c>/api/chat/runs/summarise</c> and its like; what has an id before its last segment is done to a run that is there.</summary>
    private static bool OrdersRun(PathString path)
        => path.StartsWithSegments(Runs, out var rest) && rest.Value!.Trim('/') is { Length: > 0 } function && !function.Contains('/', StringComparison.Ordinal);
}
