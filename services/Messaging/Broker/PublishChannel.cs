using RabbitMQ.Client;

namespace LLMoin.Messaging.Broker;

/// <summary>
/// A channel to publish on, opened on first use. The connection recovers channels that broke with it; one that the broker closed
/// for an error stays closed, so it is replaced here.
/// </summary>
internal sealed class PublishChannel(BrokerConnection broker, bool confirms) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IChannel? _channel;

    public async ValueTask<IChannel> GetAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } ready)
            return ready;
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_channel is { IsOpen: false } closed && broker.IsOpen)
            {
                _channel = null;
                await closed.DisposeAsync();
            }
            return _channel ??= await broker.CreateChannelAsync(confirms, cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _opening.Dispose();
    }
}
