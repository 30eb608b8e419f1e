using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>Asks Qdrant's own <c>/readyz</c>.</summary>
internal sealed class QdrantHealth(QdrantRequests requests) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await requests.SendAsync(HttpMethod.Get, "/readyz", null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (QdrantException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
