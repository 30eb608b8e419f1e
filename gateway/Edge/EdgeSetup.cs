using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Edge;

/// <summary>What stands between the network and everything else: whose address it is, and which headers go out.</summary>
internal static class EdgeSetup
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.AddCrossOrigin();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>((forwarded, gateway) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in gateway.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        });
    }

    public static void UseEdge(this WebApplication app)
    {
        var gateway = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (gateway.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseSecurityHeaders(gateway);
        app.UsePublicAddress(gateway);
        app.UseCrossOrigin();
    }
}
