using LLMoin.Gateway.Authentication;
using LLMoin.Gateway.Limits;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace LLMoin.Gateway.Routing;

/// <summary>The reverse proxy: every failure that the client can still be told about becomes a problem, never a bare 502.</summary>
internal static partial class Forwarding
{
    public static void AddRouting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, FirstFailure>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(RouteTable.Routes(), RouteTable.Clusters(builder.Configuration))
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                // A machine that vanishes without a word is noticed in 25 s, also under a silent stream; one that is only busy is given time.
                handler.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
                handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
                handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
            });
    }

    public static void MapForwarding(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<InternalTokens>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Forwarding).FullName!);
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(async (context, next) =>
            {
                InternalRequest.Prepare(context, tokens);
                await next();
                if (context.Features.Get<IForwarderErrorFeature>() is { } error && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                    await ExplainAsync(context, error, logger);
            });
            proxy.Use(FailOverAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }

    /// <summary>
    /// Sends a request to another replica where the first could not be reached, or where it died over a request that may be
    /// repeated (RFC 9110, section 9.2.2) and has no body. Anything else may have begun to act.
    /// </summary>
    private static async Task FailOverAsync(HttpContext context, Func<Task> next)
    {
        var feature = context.GetReverseProxyFeature();
        var candidates = feature.AvailableDestinations;
        while (true)
        {
            await next();
            // Load balancing has narrowed the feature's list to the one it chose.
            candidates = [.. candidates.Where(candidate => candidate != feature.ProxiedDestination)];
            if (candidates.Count == 0 || !MayRepeat(context))
                return;

            feature.AvailableDestinations = candidates;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    private static bool MayRepeat(HttpContext context)
        => context.Features.Get<IForwarderErrorFeature>() is { } error
            && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
            && context.Request.Body is LimitedBody { Taken: 0 }
            && (FirstFailure.IsUnreachable(error) || (error.Error == ForwarderError.Request && HttpMethods.IsGet(context.Request.Method)));

    private static Task ExplainAsync(HttpContext context, IForwarderErrorFeature error, ILogger logger)
    {
        var causes = Causes(error.Exception).ToList();
        if (causes.OfType<BadHttpRequestException>().FirstOrDefault() is { } bad)
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? BodyLimitsStep.TooLarge(context.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value.BytesFor(context.Request.Path)).ExecuteAsync(context)
                : new ProblemResult(ProblemType.ForStatus(bad.StatusCode), "The request's body is not well-formed HTTP.", null,
                    "Der Rumpf der Anfrage ist kein wohlgeformtes HTTP.").ExecuteAsync(context);
        // A service that breaks the connection while it is sent a body counts as the client's fault with YARP; here it does not.
        if (error.Error is ForwarderError.RequestBodyClient && !causes.OfType<HttpRequestException>().Any())
            return new ProblemResult(ProblemType.InvalidRequest, "The request's body ended early.", null, "Der Rumpf der Anfrage endete zu früh.").ExecuteAsync(context);

        var service = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        LogUnanswered(logger, service, error.Error, context.TraceIdentifier);
        context.Response.Headers.RetryAfter = "2";
        return new ProblemResult(ProblemType.Unavailable, $"The service '{service}' does not answer.",
            DetailDe: $"Der Dienst „{service}“ antwortet nicht.").ExecuteAsync(context);
    }

    private static IEnumerable<Exception> Causes(Exception? exception) => exception switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        _ => Causes(exception.InnerException).Prepend(exception),
    };

    [LoggerMessage(LogLevel.Warning, "{Service} does not answer: {Error}, request {RequestId}")]
    private static partial void LogUnanswered(ILogger logger, string service, ForwarderError error, string requestId);
}
