using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LLMoin.Messaging.Broker;

internal sealed class BrokerHealth(BrokerConnection broker) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!broker.IsOpen)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            try
            {
                await broker.OpenAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy();
            }
        }
        return broker.IsOpen ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
