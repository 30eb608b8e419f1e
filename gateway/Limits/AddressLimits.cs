using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using LLMoin.Gateway.Authentication;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Limits;

/// <summary>Limits by address for routes that anybody may call: guessing passwords and codes takes long.</summary>
internal sealed class AddressLimits(IOptions<LimitOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly PathString[] Open = ["/connect", "/account", "/auth", "/.well-known", OidcSchemes.SignInPath];
    private static readonly PathString[] SignIn = ["/connect/token", "/account"];

    private readonly PartitionedRateLimiter<HttpContext> _requests = ByAddress(options.Value.AddressRequestsPerMinute, clock);
    private readonly PartitionedRateLimiter<HttpContext> _attempts = ByAddress(options.Value.SignInAttemptsPerMinute, clock);

    /// <returns>The refused lease, or null where the request may pass.</returns>
    public RateLimitLease? Check(HttpContext context)
    {
        if (!Matches(Open, context.Request.Path))
            return null;
        var limiter = HttpMethods.IsPost(context.Request.Method) && Matches(SignIn, context.Request.Path) ? _attempts : _requests;
        var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired ? null : lease;
    }

    public void Dispose()
    {
        _requests.Dispose();
        _attempts.Dispose();
    }

    private static bool Matches(PathString[] prefixes, PathString path) => Array.Exists(prefixes, prefix => path.StartsWithSegments(prefix));

    private static PartitionedRateLimiter<HttpContext> ByAddress(int perMinute, TimeProvider clock)
        => PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
            RateLimitPartition.Get(Network(context.Connection.RemoteIpAddress), _ => (RateLimiter)new TokenBucket(perMinute, clock)));

    /// <summary>An IPv6 host owns a /64 at least: its last 64 bits name nobody.</summary>
    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

internal static class AddressLimitsStep
{
    public static void UseAddressLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<AddressLimits>();
        app.Use((context, next) => limits.Check(context) is { } refused ? LimitSetup.Refuse(context, refused) : next(context));
    }
}
