using Scalar.AspNetCore;

namespace LLMoin.Gateway.ApiDocument;

/// <summary><c>/openapi.json</c>: one OpenAPI document for the whole platform; <c>/docs</c>: the same to read and try out.</summary>
internal static class ApiDocumentSetup
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MergedDocument>();
        // Read by people and tools, not by the hot path; a service that hangs must not hold the page.
        builder.Services.AddHttpClient(MergedDocument.Client, http => http.Timeout = TimeSpan.FromSeconds(3));
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapGet("/openapi.json", async (MergedDocument document, CancellationToken cancellation)
            => TypedResults.Bytes(await document.GetAsync(cancellation), "application/json")).AllowAnonymous().ExcludeFromDescription();

        app.MapScalarApiReference("/docs", options => options
            .WithTitle("LLMoin API")
            .WithOpenApiRoutePattern("/openapi.json")
            .WithNonce()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .HideClientButton()).AllowAnonymous();
    }
}
