using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace LLMoin.Gateway.Routing;

/// <summary>Which path goes where. Everything not named here is answered by the gateway itself.</summary>
internal static class RouteTable
{
    public static readonly IReadOnlyList<string> Services = ["chat", "retrieval", "prompts", "billing", "identity"];

    /// <summary>Sign-in pages and OpenID Connect endpoints: there nobody is signed in yet, and cookies and client secrets are theirs.</summary>
    private static readonly IReadOnlyList<string> Public = ["/connect/{**rest}", "/.well-known/{**rest}", "/account/{**rest}"];

    public static IReadOnlyList<RouteConfig> Routes() =>
    [
        Route("v1", "/v1/{**rest}", "chat"),
        .. Services.Select(service => Route(service, $"/api/{service}/{{**rest}}", service)),
        .. Public.Select(path => Route(path, path, "identity", authenticated: false).WithTransformUseOriginalHostHeader()),
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) => [.. Services.Select(service => new ClusterConfig
    {
        ClusterId = service,
        LoadBalancingPolicy = "LeastRequests",
        Destinations = Destinations.Of(configuration, service, Destinations.Http2)
            .Select((address, index) => KeyValuePair.Create(index.ToString(System.Globalization.CultureInfo.InvariantCulture), new DestinationConfig { Address = address.AbsoluteUri }))
            .ToDictionary(),
        HealthCheck = new HealthCheckConfig
        {
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = FirstFailure.PolicyName, ReactivationPeriod = TimeSpan.FromSeconds(5) },
            // All marked dead: try them all the same, one may be back.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            AllowResponseBuffering = false,
            // Between two bytes; streams send a comment line every few seconds.
            ActivityTimeout = TimeSpan.FromMinutes(10),
        },
    })];

    private static RouteConfig Route(string id, string path, string cluster, bool authenticated = true) => new()
    {
        RouteId = id,
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
        AuthorizationPolicy = authenticated ? "Default" : "Anonymous",
    };
}
