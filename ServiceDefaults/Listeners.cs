using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace LLMoin.ServiceDefaults;

/// <summary>
/// The addresses a process listens on: <c>ASPNETCORE_URLS</c> speaks HTTP/1.1 (health probes, people with curl) and, where
/// <c>Http2:Port</c> is set, a second port speaks cleartext HTTP/2 with prior knowledge. One cleartext port cannot offer
/// both, as the choice is made in the TLS handshake (RFC 9113, section 3).
/// </summary>
internal static class Listeners
{
    public static void AddListeners(this WebApplicationBuilder builder)
    {
        var urls = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
        var http2Port = builder.Configuration.GetValue<int?>("Http2:Port");

        if (http2Port is not null)
            builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A relay holds one long stream per reader; all of them share few gateway connections.
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            if (http2Port is null)
                return;

            var addresses = (urls ?? "http://localhost:5000").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse).ToList();
            foreach (var address in addresses)
                Listen(kestrel, address.Host, address.Port, HttpProtocols.Http1);
            Listen(kestrel, addresses[0].Host, http2Port.Value, HttpProtocols.Http2);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port, HttpProtocols protocols)
    {
        if (IPAddress.TryParse(host, out var ip))
            kestrel.Listen(ip, port, options => options.Protocols = protocols);
        else if (host == "localhost")
            kestrel.ListenLocalhost(port, options => options.Protocols = protocols);
        else
            kestrel.ListenAnyIP(port, options => options.Protocols = protocols);
    }
}
