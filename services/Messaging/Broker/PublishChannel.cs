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

    /// <summary>It claims to be open and does not work: the next caller gets a new one.</summary>
    public void Drop(IChannel channel)
    {
        if (Interlocked.CompareExchange(ref _channel, null, channel) == channel)
            _ = channel.DisposeAsync().AsTask().ContinueWith(static failed => _ = failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _opening.Dispose();
    }
}
