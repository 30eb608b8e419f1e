using System.Net;
using LLMoin.Gateway.Routing;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Authentication;

/// <summary>
/// Sends what is meant for the public address straight to the identity service, so that neither metadata nor code redemption
/// goes out and in again through a load balancer. A replica that cannot be reached is passed over, as nothing was sent to it.
/// </summary>
internal sealed class IdentityBackchannel(IConfiguration configuration, IOptions<GatewayOptions> gateway) : DelegatingHandler(new SocketsHttpHandler
{
    ConnectTimeout = TimeSpan.FromSeconds(2),
    PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    UseCookies = false,
})
{
    private readonly IReadOnlyList<Uri> _replicas = Destinations.Of(configuration, "identity", Destinations.Http1);
    private readonly Uri _publicUrl = gateway.Value.PublicUrl;
    private int _preferred;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_replicas.Count == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "services:identity:http:0 is not configured.");

        var path = request.RequestUri!.PathAndQuery;
        request.Headers.Host = _publicUrl.Authority;
        request.Version = HttpVersion.Version11;
        for (var tried = 0; ; tried++)
        {
            var index = Volatile.Read(ref _preferred) % _replicas.Count;
            request.RequestUri = new Uri(_replicas[index], path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && tried + 1 < _replicas.Count)
            {
                Interlocked.CompareExchange(ref _preferred, (index + 1) % _replicas.Count, index);
            }
        }
    }
}
