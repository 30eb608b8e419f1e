using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LLMoin.Messaging.Broker;

/// <summary>
/// The process's one raw connection to RabbitMQ. It is opened on first use, waits for a broker that is not there yet, and
/// recovers by itself together with its channels, queues and consumers when the broker comes back.
/// </summary>
public sealed partial class BrokerConnection(IConfiguration configuration, IHostEnvironment environment, ILogger<BrokerConnection> logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Uri _address = Address(configuration);
    private IConnection? _connection;

    /// <summary>amqp://user:password@host:port/vhost</summary>
    public static Uri Address(IConfiguration configuration)
        => new(configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings:messaging is missing: the RabbitMQ address, amqp://user:password@host:port/vhost."));

    public bool IsOpen => _connection is { IsOpen: true };

    public async Task<IConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_connection is { } ready)
            return ready;
        await _opening.WaitAsync(cancellation);
        try
        {
            return _connection ??= await ConnectAsync(recovers: true, cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A further connection, the caller's to dispose, that does not recover: when it breaks, the caller starts anew.</summary>
    public Task<IConnection> OpenOwnAsync(CancellationToken cancellation) => ConnectAsync(recovers: false, cancellation);

    /// <param name="confirms">Whether a publish completes only when the broker has taken responsibility for the message.</param>
    /// <param name="cancellation">Ends the wait for a broker.</param>
    public async Task<IChannel> CreateChannelAsync(bool confirms, CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation);
        return await connection.CreateChannelAsync(new CreateChannelOptions(confirms, confirms), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _opening.Dispose();
    }

    private async Task<IConnection> ConnectAsync(bool recovers, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory
        {
            Uri = _address,
            ClientProvidedName = environment.ApplicationName,
            AutomaticRecoveryEnabled = recovers,
            TopologyRecoveryEnabled = recovers,
            NetworkRecoveryInterval = RetryEvery,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await factory.CreateConnectionAsync(cancellation);
            }
            catch (BrokerUnreachableException)
            {
                if (attempt % 20 == 1)
                    LogWaiting(_address.Host, _address.Port);
                await Task.Delay(RetryEvery, cancellation);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for RabbitMQ at {Host}:{Port}")]
    private partial void LogWaiting(string host, int port);
}
