using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LLMoin.Hosting;

/// <summary>Asks a starting server in its own protocol until it answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100), LongestAnswer = TimeSpan.FromSeconds(2);

    /// <exception cref="RunnerException">The process ended, or <paramref name="limit"/> passed.</exception>
    public static async Task WaitAsync(
        string what, IRunning process, Func<CancellationToken, Task<bool>> answers, TimeSpan limit, CancellationToken cancellation)
    {
        var deadline = DateTime.UtcNow + limit;
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(LongestAnswer);
            if (await AnswersAsync(answers, patience.Token)) return;
            cancellation.ThrowIfCancellationRequested();
            if (process.Exited.IsCompleted) throw new RunnerException($"{what} ended with code {await process.Exited} before it was ready");
            if (DateTime.UtcNow > deadline) throw new RunnerException($"{what} was not ready within {limit.TotalSeconds:0} s");
            await Task.WhenAny(process.Exited, Task.Delay(Interval, cancellation));
        }
    }

    /// <summary>A broker that is up answers the protocol header with Connection.Start (AMQP 0-9-1, section 4.2.2), a method frame: type 1.</summary>
    public static async Task<bool> SpeaksAmqpAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellation);
        var type = new byte[1];
        return await stream.ReadAsync(type, cancellation) == 1 && type[0] == 1;
    }

    public static async Task<bool> TakesQueriesAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=2");
        await connection.OpenAsync(cancellation);
        return true;
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task<bool>> answers, CancellationToken cancellation)
    {
        try
        {
            return await answers(cancellation);
        }
        catch (Exception e) when (e is SocketException or IOException or NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }
}
