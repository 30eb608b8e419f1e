using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Edge;

/// <summary>What stands between the network and everything else: whose address it is, which headers go out, the start page.</summary>
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

    /// <summary>Files of <c>wwwroot</c>; browsers ask again each time and get 304, so that an update shows at once.</summary>
    public static void UseStaticPages(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = NoCache });
    }

    private static void NoCache(StaticFileResponseContext file) => file.Context.Response.Headers.CacheControl = "no-cache";
}
