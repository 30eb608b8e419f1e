using System.ComponentModel.DataAnnotations;

namespace LLMoin.Gateway;

/// <summary>Section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The one address people type: scheme, host and port. Issuer of the built-in provider, base of every redirect.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = null!;

    /// <summary>Where the keys lie that seal session cookies; shared by all replicas, readable by nobody else.</summary>
    [Required]
    public string KeysDirectory { get; init; } = null!;

    /// <summary>Proxies in front, as CIDR (<c>10.0.0.0/8</c>), whose <c>X-Forwarded-For</c> names the client's address; others are not believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Where operators see traces, metrics and logs, e.g. an Aspire dashboard; an absolute address, linked from their pages.</summary>
    [Url]
    public string? DashboardUrl { get; init; }

    public bool IsHttps => PublicUrl.Scheme == Uri.UriSchemeHttps;
}
