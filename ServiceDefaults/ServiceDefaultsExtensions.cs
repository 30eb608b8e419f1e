using System.Text.Encodings.Web;
using LLMoin.ServiceDefaults.Health;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using LLMoin.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace LLMoin.ServiceDefaults;

/// <summary>What every LLMoin process has in common, in two calls.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Listeners, telemetry, health, service discovery, problem details and the internal identity.
    /// Behind this call a route is closed to everyone who does not carry an identity signed by the gateway.
    /// </summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddPlatformDefaults();
        builder.AddInternalIdentity();
        return builder;
    }

    /// <summary>The same without the internal identity: for the gateway, which issues that identity, and tests.</summary>
    public static WebApplicationBuilder AddPlatformDefaults(this WebApplicationBuilder builder)
    {
        builder.AddListeners();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.Services.AddProblems();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            // Umlauts as they are: an API's JSON stands in no HTML page.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        return builder;
    }

    /// <summary>
    /// A service's pipeline: request ids, problems, internal identity, health, OpenAPI document. The gateway, which has more in
    /// between, calls the parts itself.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseRequestIds();
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi("/openapi.json").AllowAnonymous();
        return app;
    }
}
