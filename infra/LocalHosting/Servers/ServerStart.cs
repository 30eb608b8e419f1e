using Microsoft.Extensions.Configuration;

namespace LLMoin.Hosting;

/// <summary>
/// Finds a server for a resource: the given one (<c>ConnectionStrings:NAME</c>), else a private one from the installed packages, else a
/// container, else it says what to install.
/// </summary>
internal sealed class ServerStart(string dataDirectory, IConfiguration configuration, Secrets secrets, Func<Resource, LogFile> logOf)
{
    private readonly Dictionary<string, int> _ports = [];

    /// <exception cref="RunnerException">There is no server, or it does not start.</exception>
    public async Task<IRunning> StartAsync(ServerResource server, Instance instance, CancellationToken cancellation)
    {
        var running = await StartAnyAsync(server, line => logOf(server).Write(server.Name, line), cancellation);
        instance.Pid = running.Pid;
        try
        {
            server.ConnectionString = running.ConnectionString;
            if (server is PostgresServerResource postgres) await Databases.PrepareAsync(postgres, secrets, cancellation);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    private async Task<IServer> StartAnyAsync(ServerResource server, Action<string> log, CancellationToken cancellation)
    {
        if (configuration.GetConnectionString(server.Name) is { Length: > 0 } given) return new GivenServer(given);
        // The same port at every start: the services know it by then.
        if (!_ports.TryGetValue(server.Name, out var port)) port = 0;
        var directory = Path.Combine(dataDirectory, server.Name);
        IServer started = server switch
        {
            RabbitMQServerResource when PrivateRabbitMq.IsInstalled => await PrivateRabbitMq.StartAsync(directory, port, log, cancellation),
            PostgresServerResource when PrivatePostgres.IsInstalled => await PrivatePostgres.StartAsync(directory, port, log, cancellation: cancellation),
            RabbitMQServerResource when await Docker.AnswersAsync() => await ContainerServer.StartRabbitMqAsync(directory, port, log, cancellation),
            PostgresServerResource when await Docker.AnswersAsync() => await ContainerServer.StartPostgresAsync(directory, port, log, cancellation),
            RabbitMQServerResource => throw Missing("RabbitMQ", "rabbitmq-server", $"ConnectionStrings__{server.Name}=amqp://USER:PASSWORD@HOST:5672/VHOST"),
            _ => throw Missing("PostgreSQL", "postgresql", $"ConnectionStrings__{server.Name}='Host=HOST;Username=ADMIN;Password=PASSWORD'"),
        };
        _ports[server.Name] = started.Port;
        return started;
    }

    private static MissingServerException Missing(string product, string package, string variable) => new(
        $"{product} is needed, and neither the server nor a Docker engine is here. Install it (Debian, Ubuntu: sudo apt-get install {package}), "
        + $"or start Docker, or name a server: {variable}");
}

internal interface IServer : IRunning
{
    /// <summary>
    /// Killed while it writes out what it holds in memory, a database has to work through its log at the next start, and its helpers,
    /// which lead sessions of their own, go on for a moment without it.
    /// </summary>
    static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(1);

    string ConnectionString { get; }
    int Port { get; }
}

/// <summary>Somebody else runs it.</summary>
internal sealed class GivenServer(string connectionString) : IServer
{
    public string ConnectionString => connectionString;
    public int Port => 0;
    public int Pid => 0;
    public Task<int> Exited { get; } = new TaskCompletionSource<int>().Task;
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
