using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LLMoin.Hosting;

/// <summary>A loopback port, held by a listening socket until the process that shall have it starts.</summary>
internal sealed class ReservedPort
{
    // Below Linux's range for outgoing connections (32768 and up): none of those can take a service's port while it restarts.
    private const int Lowest = 20_000, Highest = 32_767;

    private TcpListener? _listener;

    private ReservedPort(int number, TcpListener listener) => (Number, _listener) = (number, listener);

    public int Number { get; }

    public static ReservedPort Any()
    {
        for (var attempt = 0; attempt < 200; attempt++)
            if (TryListen(RandomNumberGenerator.GetInt32(Lowest, Highest + 1)) is { } port)
                return port;
        throw new RunnerException($"No free port between {Lowest} and {Highest}.");
    }

    public static ReservedPort Fixed(int number) => TryListen(number)
        ?? throw new RunnerException($"Port {number} is taken by another process. Choose another with --port N (--port 0 picks a free one).");

    /// <summary>A port that is free now; whoever uses it must start again with another if somebody is quicker.</summary>
    public static int Free()
    {
        var port = Any();
        port.Release();
        return port.Number;
    }

    public static bool IsFree(int number)
    {
        using var listener = TryListen(number)?._listener;
        return listener is not null;
    }

    public void Release()
    {
        _listener?.Dispose();
        _listener = null;
    }

    // Listening, not only bound: with SO_REUSEADDR, which servers set, Linux lets two sockets bind the same port until one listens.
    private static ReservedPort? TryListen(int number)
    {
        var listener = new TcpListener(IPAddress.Loopback, number);
        try
        {
            listener.Start();
            return new ReservedPort(number, listener);
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
