using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>The worker is ready when it has loaded what the configuration names.</summary>
internal sealed class ModelsHealth(LlamaEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(engine switch
    {
        { Failure: { } reason } => HealthCheckResult.Unhealthy(reason),
        { IsReady: false } => HealthCheckResult.Unhealthy("Models are being loaded."),
        _ => HealthCheckResult.Healthy(),
    });
}
