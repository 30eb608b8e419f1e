using System.Net;
using System.Net.Sockets;

namespace LLMoin.Identity.Account;

/// <summary>Where an attempt comes from, as far as counting attempts goes.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The last entry of <c>X-Forwarded-For</c> is the gateway's own observation; what stands before it anybody can write. Without
    /// it, the address of the connection. Of an IPv6 address only the network (/64) counts, as one machine has all of it.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        var address = Parse(forwarded) ?? context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static IPAddress? Parse(string text)
        => IPAddress.TryParse(text, out var address) ? address : IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;
}
