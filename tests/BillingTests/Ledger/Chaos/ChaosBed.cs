using LLMoin.Hosting;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using Npgsql;
using RabbitMQ.Client;

namespace LLMoin.BillingTests.Ledger.Chaos;

/// <summary>A billing service, a broker and a database of its own, and ways to hurt each.</summary>
internal sealed class ChaosBed : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"llmoin-chaos-{Guid.NewGuid():n}"));
    private readonly NpgsqlDataSource _superuser;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private PrivateRabbitMq _broker = null!;
    private ServiceProcess _service = null!;

    private ChaosBed(Servers servers) => _superuser = NpgsqlDataSource.Create(servers.Postgres);

    public string Messaging => _broker.ConnectionString;

    /// <summary>As the service's role.</summary>
    public string Connection => _service.Setting("ConnectionStrings__billing");

    public static async Task<ChaosBed> StartAsync(Servers servers)
    {
        var bed = new ChaosBed(servers);
        bed._broker = await PrivateRabbitMq.StartAsync(bed._folder.FullName);
        // No month but those that the test closes.
        bed._service = await servers.StartServiceAsync("Billing", ("ConnectionStrings__messaging", bed._broker.ConnectionString), ("Billing__Closing__AfterDays", "0"));
        return bed;
    }

    /// <summary>As a power cut would, and starts it again.</summary>
    public async Task KillServiceAsync()
    {
        // A start without a database fails, which is its supervisor's matter and not the ledger's.
        await _starting.WaitAsync();
        await _service.KillAsync();
        await _service.RestartAsync();
        _starting.Release();
    }

    public Task StopServiceAsync() => _service.TerminateAsync();

    /// <param name="killed">As a power cut would, else in order.</param>
    public async Task RestartBrokerAsync(bool killed)
    {
        var port = _broker.Port;
        if (killed)
            ChildProcess.Send(_broker.Pid, Signal.Kill);
        await _broker.DisposeAsync();
        _broker = await PrivateRabbitMq.StartAsync(_folder.FullName, port);
    }

    /// <summary>Breaks every connection that the service has to its database.</summary>
    public async Task DropDatabaseConnectionsAsync()
    {
        if (!await _starting.WaitAsync(0))
            return;
        await using var command = _superuser.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = $1");
        command.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(Connection).Username! });
        await command.ExecuteNonQueryAsync();
        _starting.Release();
    }

    /// <summary>Messages that wait, living and dead.</summary>
    public async Task<uint> WaitingAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Messaging) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        const string Queue = "billing.usage-recorded.v1";
        return (await channel.QueueDeclarePassiveAsync(Queue)).MessageCount + (await channel.QueueDeclarePassiveAsync(Topology.DeadLetters(Queue))).MessageCount;
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        await _superuser.DisposeAsync();
        _starting.Dispose();
        _folder.Delete(recursive: true);
    }
}
