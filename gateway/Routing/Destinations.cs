namespace LLMoin.Gateway.Routing;

/// <summary>Where the replicas of a service are: <c>services:&lt;name&gt;:&lt;endpoint&gt;:&lt;n&gt;</c>, as Aspire and the local runner inject it.</summary>
internal static class Destinations
{
    public const string Http2 = "h2";
    public const string Http1 = "http";

    public static IReadOnlyList<Uri> Of(IConfiguration configuration, string service, string endpoint)
        => [.. configuration.GetSection($"services:{service}:{endpoint}").GetChildren()
            .Select(child => child.Value)
            .Where(value => !string.IsNullOrWhiteSpace(value))
            .Select(value => new Uri(value!))];
}
