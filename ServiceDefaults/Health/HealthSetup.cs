using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LLMoin.ServiceDefaults.Health;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: everything it needs answers too.</summary>
public static class HealthSetup
{
    internal static void AddHealth(this WebApplicationBuilder builder)
        => builder.Services.AddHealthChecks();

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().ExcludeFromDescription();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteNames }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Names and states only: a probe needs no exception text, and an outsider must not get one.</summary>
    private static Task WriteNames(HttpContext context, HealthReport report)
        => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
        }, context.RequestAborted);
}
