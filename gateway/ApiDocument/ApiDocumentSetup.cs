using Scalar.AspNetCore;

namespace LLMoin.Gateway.ApiDocument;

/// <summary><c>/openapi.json</c>: one OpenAPI document for the whole platform; <c>/docs</c>: the same to read and try out.</summary>
internal static class ApiDocumentSetup
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MergedDocument>();
        // Read by people and tools, not by the hot path; a service that hangs must not hold the page. One that has just started
        // needs seconds on a busy machine to describe itself for the first time.
        builder.Services.AddHttpClient(MergedDocument.Client, http => http.Timeout = TimeSpan.FromSeconds(10));
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapGet("/openapi.json", async (MergedDocument document, CancellationToken cancellation)
            => TypedResults.Bytes(await document.GetAsync(cancellation), "application/json")).AllowAnonymous().ExcludeFromDescription();

        app.Use(WithDocsPolicy);
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("LLMoin API")
            .WithOpenApiRoutePattern("/openapi.json")
            .WithNonce()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .HideDeveloperTools()
            .HideClientButton()).AllowAnonymous();
    }

    /// <summary>The page's script builds style elements as it runs, which the site's own policy forbids; scripts stay bound to a nonce.</summary>
    private static Task WithDocsPolicy(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/docs"))
            context.Response.OnStarting(() =>
            {
                if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
                    context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self' 'unsafe-inline'; "
                        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
                return Task.CompletedTask;
            });
        return next(context);
    }
}
