using System.Net.Sockets;

namespace LLMoin.Hosting;

internal static class Docker
{
    private const string DefaultHost = "unix:///var/run/docker.sock";

    /// <summary>Where there is no engine, connecting fails, mostly at once.</summary>
    private static readonly TimeSpan PatienceToConnect = TimeSpan.FromSeconds(5);

    /// <summary>One that is there may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether an engine answers <c>GET /_ping</c> (Docker Engine API); the command-line client alone says nothing.</summary>
    public static async Task<bool> AnswersAsync()
    {
        var host = new Uri(Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given ? given : DefaultHost);
        using var handler = new SocketsHttpHandler { ConnectTimeout = PatienceToConnect, ConnectCallback = (_, ct) => ConnectAsync(host, ct) };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(new Uri("http://docker/_ping"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(Uri host, CancellationToken cancellation)
    {
        if (host.Scheme != "unix")
        {
            var tcp = new TcpClient();
            await tcp.ConnectAsync(host.Host, host.Port, cancellation);
            return tcp.GetStream();
        }
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(host.AbsolutePath), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
