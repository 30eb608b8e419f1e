using System.Globalization;
using System.Threading.RateLimiting;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Limits;

/// <summary>How much one address, one user and one tenant may ask of this process.</summary>
internal static class LimitSetup
{
    /// <summary>A slot frees when some answer ends, which nobody can foretell: ask again soon, without hammering.</summary>
    private static readonly TimeSpan SlotRetry = TimeSpan.FromSeconds(2);

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        // Our own limit per route stands in for it: see LimitedBody.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddValidatedOptions<LimitOptions>("Limits");
        builder.Services.AddSingleton<AddressLimits>();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>()
            .Configure<IOptions<LimitOptions>, TimeProvider>((limiter, options, clock) =>
            {
                limiter.GlobalLimiter = ForCallers(options.Value, clock);
                limiter.OnRejected = (rejected, _) => new ValueTask(Refuse(rejected.HttpContext, rejected.Lease));
            });
    }

    public static void UseCallerLimits(this WebApplication app) => app.UseRateLimiter();

    public static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        var rate = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((rate ? wait : SlotRetry).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return (rate
            ? new ProblemResult(ProblemType.TooManyRequests, "Too many requests in a minute; Retry-After says when the next one is admitted.",
                DetailDe: "Zu viele Anfragen in einer Minute; Retry-After nennt, wann die nächste angenommen wird.")
            : new ProblemResult(ProblemType.TooManyRequests, "As many answers as allowed at once are under way; try again when one has ended.",
                DetailDe: "Es laufen bereits so viele Antworten gleichzeitig wie erlaubt; bitte nach dem Ende einer Antwort erneut versuchen.")).ExecuteAsync(context);
    }

    /// <summary>The slots first: a refused slot must not cost a token. A lease is held until the response has ended.</summary>
    private static PartitionedRateLimiter<HttpContext> ForCallers(LimitOptions limits, TimeProvider clock) => PartitionedRateLimiter.CreateChained(
        Slots(caller => (caller.Tenant, caller.UserId), limits.UserConcurrentGenerations),
        Slots(caller => (caller.Tenant, ""), limits.TenantConcurrentGenerations),
        Rate(caller => (caller.Tenant, caller.UserId), limits.UserRequestsPerMinute, clock),
        Rate(caller => (caller.Tenant, ""), limits.TenantRequestsPerMinute, clock));

    private static PartitionedRateLimiter<HttpContext> Slots(Func<Caller, (string, string)> key, int permits)
        => PartitionedRateLimiter.Create<HttpContext, (string, string)>(context => IsGeneration(context.Request) && CallerOf(context) is { } caller
            ? RateLimitPartition.GetConcurrencyLimiter(key(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = permits })
            : RateLimitPartition.GetNoLimiter(("", "")));

    private static PartitionedRateLimiter<HttpContext> Rate(Func<Caller, (string, string)> key, int perMinute, TimeProvider clock)
        => PartitionedRateLimiter.Create<HttpContext, (string, string)>(context => CallerOf(context) is { } caller
            ? RateLimitPartition.Get(key(caller), _ => (RateLimiter)new TokenBucket(perMinute, clock))
            : RateLimitPartition.GetNoLimiter(("", "")));

    private static Caller? CallerOf(HttpContext context) => context.User.Identity?.IsAuthenticated is true ? Caller.From(context.User) : null;

    private static bool IsGeneration(HttpRequest request)
        => HttpMethods.IsPost(request.Method)
            && (request.Path.StartsWithSegments("/v1/chat/completions") || request.Path.StartsWithSegments("/v1/embeddings") || request.Path.StartsWithSegments("/v1/rerank"));
}
