using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Authentication;

/// <summary>Ready when people can sign in: the built-in provider's metadata answers. External authorities are not ours to watch.</summary>
internal sealed class IdentityHealth(IdentityBackchannel backchannel, IOptions<OidcOptions> oidc) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!oidc.Value.BuiltIn)
            return HealthCheckResult.Healthy();
        using var client = new HttpClient(backchannel, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var response = await client.GetAsync(new Uri("http://identity/.well-known/openid-configuration"), cancellationToken);
            return response.IsSuccessStatusCode ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(exception: exception);
        }
    }
}
