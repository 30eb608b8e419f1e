namespace LLMoin.Gateway.Edge;

/// <summary>
/// CORS (Fetch standard) is closed. <c>Cors:Origins:&lt;tenant&gt;:0…</c> opens it for named origins: for bearer tokens and API keys,
/// never for the cookie session, which stays with the gateway's own pages.
/// </summary>
internal static class CrossOrigin
{
    public static void AddCrossOrigin(this WebApplicationBuilder builder)
    {
        var origins = builder.Configuration.GetSection("Cors:Origins").GetChildren()
            .SelectMany(tenant => tenant.Get<string[]>() ?? [])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .AllowAnyHeader()
            .WithExposedHeaders("x-request-id", "Retry-After", "x-should-retry", "x-llmoin-answer-id", "x-llmoin-conversation-id")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    public static void UseCrossOrigin(this WebApplication app) => app.UseCors();
}
