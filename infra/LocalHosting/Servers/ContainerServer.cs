using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Hosting;

/// <summary>
/// A server in a container, with its data in a named volume. The Docker client stays in the foreground and hands signals on, so that the
/// container is stopped, restarted and reaped like any other process.
/// </summary>
internal sealed class ContainerServer : IServer
{
    private const string RabbitMqImage = "docker.io/library/rabbitmq:3.13", PostgresImage = "docker.io/library/postgres:17";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5); // the first start loads the image

    private readonly ChildProcess _client;

    private ContainerServer(ChildProcess client, int port, string connectionString) => (_client, Port, ConnectionString) = (client, port, connectionString);

    public string ConnectionString { get; }
    public int Port { get; }
    public int Pid => _client.Pid;
    public Task<int> Exited => _client.Exited;

    public static async Task<IServer> StartRabbitMqAsync(string directory, int port, Action<string> log, CancellationToken cancellation)
    {
        var settings = Path.Combine(directory, "90-llmoin.conf");
        var password = Secrets.KeptFile(Path.Combine(directory, "password"), Secrets.NewPassword);
        await File.WriteAllTextAsync(settings, "consumer_timeout = 86400000\n", cancellation);
        var published = port == 0 ? ReservedPort.Free() : port;
        var server = new ContainerServer(
            Start(
                "rabbitmq", directory, $"{published}:5672", "/var/lib/rabbitmq", Signal.Terminate, log,
                new() { ["RABBITMQ_DEFAULT_USER"] = "llmoin", ["RABBITMQ_DEFAULT_PASS"] = password, ["RABBITMQ_DEFAULT_VHOST"] = "llmoin" },
                // The node's name, and with it the place of its data, comes from the host name.
                ["--hostname", "messaging", "--volume", $"{settings}:/etc/rabbitmq/conf.d/90-llmoin.conf:ro", RabbitMqImage]),
            published, PrivateRabbitMq.ConnectionStringOf(published, password));
        return await server.WhenReadyAsync("RabbitMQ", ct => Readiness.SpeaksAmqpAsync(published, ct), cancellation);
    }

    public static async Task<IServer> StartPostgresAsync(string directory, int port, Action<string> log, CancellationToken cancellation)
    {
        var password = Secrets.KeptFile(Path.Combine(directory, "password"), Secrets.NewPassword);
        var published = port == 0 ? ReservedPort.Free() : port;
        var server = new ContainerServer(
            Start(
                "postgres", directory, $"{published}:5432", "/var/lib/postgresql/data", Signal.Interrupt, log,
                new() { ["POSTGRES_USER"] = "llmoin", ["POSTGRES_PASSWORD"] = password, ["POSTGRES_DB"] = "postgres" },
                [PostgresImage, "-c", "max_connections=200", "-c", $"shared_buffers={Environment.GetEnvironmentVariable("LLMOIN_POSTGRES_BUFFERS") ?? "64MB"}"]),
            published, PrivatePostgres.ConnectionStringOf(published, password));
        return await server.WhenReadyAsync("PostgreSQL", ct => Readiness.TakesQueriesAsync(server.ConnectionString, ct), cancellation);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>What all our containers' and volumes' names for one data directory begin with; <c>./run --reset</c> knows it too.</summary>
    private static string NamePrefix(string directory) =>
        "llmoin-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetDirectoryName(directory)!)))[..12];

    private static ChildProcess Start(
        string name, string directory, string port, string dataInside, Signal stopSignal, Action<string> log,
        Dictionary<string, string?> environment, string[] imageAndArguments)
    {
        var prefix = NamePrefix(directory);
        // Variables by name only: their values would be readable in the process list.
        return ChildProcess.Start(
            "docker",
            [
                "run", "--rm", "--name", $"{prefix}-{name}-{Reaper.RunId[..6]}", "--publish", "127.0.0.1:" + port,
                "--volume", $"{prefix}-{name}:{dataInside}", .. environment.Keys.SelectMany(k => new[] { "--env", k }), .. imageAndArguments,
            ],
            log, environment, stopSignal: stopSignal, longestStop: IServer.LongestStop);
    }

    private async Task<IServer> WhenReadyAsync(string what, Func<CancellationToken, Task<bool>> answers, CancellationToken cancellation)
    {
        try
        {
            await Readiness.WaitAsync(what, _client, answers, LongestStart, cancellation);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
