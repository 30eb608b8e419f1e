using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LLMoin.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LLMoin.Messaging.Streams;

/// <summary>Puts work on durable queues; a publish returns when the broker has confirmed it.</summary>
public sealed class WorkQueue(BrokerConnection broker) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _declared = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IChannel? _channel;

    /// <summary>
    /// Publishes <paramref name="work"/> with answers to go to <paramref name="replyTo"/>. While the broker is away it tries again
    /// until cancelled; as a confirm may be lost on the way, the receiver may see the same work twice.
    /// </summary>
    public async Task PublishAsync<T>(string queue, T work, JsonTypeInfo<T> json, string replyTo, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(work, json);
        var properties = new BasicProperties { ReplyTo = replyTo, Persistent = true, ContentType = "application/json" };
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var channel = await ChannelAsync(cancellation);
                await DeclareOnceAsync(channel, queue, cancellation);
                await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellation);
                return;
            }
            catch (Exception exception) when (exception is AlreadyClosedException or OperationInterruptedException or PublishException)
            {
                // The queue may be gone with the broker's data: declare it anew.
                _declared.TryRemove(queue, out _);
                await Task.Delay(200, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _opening.Dispose();
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { } ready)
            return ready;
        await _opening.WaitAsync(cancellation);
        try
        {
            return _channel ??= await broker.CreateChannelAsync(confirms: true, cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    private Task DeclareOnceAsync(IChannel channel, string queue, CancellationToken cancellation)
        => _declared.TryGetValue(queue, out var declared) && declared.IsCompletedSuccessfully
            ? Task.CompletedTask
            : _declared[queue] = Topology.DeclareWorkQueueAsync(channel, queue, cancellation);
}
