using System.Globalization;

namespace LLMoin.Hosting;

/// <summary>
/// A RabbitMQ broker of our own from the installed package, on loopback only, with its data and a generated password below one directory.
/// Its port mapper (epmd) is its own too, so that it ends with it and meets no other Erlang on the machine.
/// </summary>
public sealed class PrivateRabbitMq : IServer
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private readonly ChildProcess _broker, _portMapper;

    private PrivateRabbitMq(ChildProcess broker, ChildProcess portMapper, int port, string password)
    {
        (_broker, _portMapper, Port) = (broker, portMapper, port);
        ConnectionString = ConnectionStringOf(port, password);
    }

    /// <summary>The package's programs; <c>LLMOIN_RABBITMQ_SBIN</c> names their folder where it is not Debian's.</summary>
    private static string? Programs => Installed.Folder("LLMOIN_RABBITMQ_SBIN", "/usr/lib/rabbitmq/lib", "rabbitmq_server-*", "sbin", "rabbitmq-server");

    public static bool IsInstalled => Programs is not null;

    /// <summary><c>amqp://llmoin:PASSWORD@127.0.0.1:PORT/llmoin</c>, the last part being the virtual host.</summary>
    public string ConnectionString { get; }
    public int Port { get; }
    public int Pid => _broker.Pid;
    public Task<int> Exited => _broker.Exited;

    internal static string ConnectionStringOf(int port, string password) => $"amqp://llmoin:{password}@127.0.0.1:{port}/llmoin";

    /// <summary>Starts the broker and waits until it takes connections (6 to 10 s).</summary>
    /// <param name="directory">Made if missing; a later start on it finds the queues and messages again.</param>
    /// <param name="port">0 picks a free one.</param>
    /// <exception cref="RunnerException">The broker ended or was not ready in time; the reason is in what it logged.</exception>
    public static async Task<PrivateRabbitMq> StartAsync(
        string directory, int port = 0, Action<string>? log = null, CancellationToken cancellation = default)
    {
        var password = Secrets.KeptFile(Path.Combine(directory, "password"), Secrets.NewPassword);
        if (port == 0) port = ReservedPort.Free();
        var (broker, mapper) = StartProcesses(directory, port, distribution: ReservedPort.Free(), portMapper: ReservedPort.Free(), log ?? (_ => { }));
        var started = new PrivateRabbitMq(broker, mapper, port, password);
        try
        {
            await Readiness.WaitAsync("RabbitMQ", broker, ct => Readiness.SpeaksAmqpAsync(port, ct), LongestStart, cancellation);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _portMapper.DisposeAsync();
    }

    private static (ChildProcess Broker, ChildProcess PortMapper) StartProcesses(string directory, int amqp, int distribution, int portMapper, Action<string> log)
    {
        var programs = Programs ?? throw new RunnerException("RabbitMQ is not installed.");
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        // In the foreground, as a child: started by the broker it would be a daemon that outlives it.
        var mapper = ChildProcess.Start("epmd", ["-port", Text(portMapper), "-address", "127.0.0.1"], log);
        var broker = ChildProcess.Start(
            "bash", [Installed.Script("rabbitmq"), Path.GetFullPath(directory), Text(amqp), Text(distribution), Text(portMapper)], log,
            new Dictionary<string, string?> { ["LLMOIN_RABBITMQ_SBIN"] = programs }, longestStop: IServer.LongestStop);
        return (broker, mapper);
    }
}
