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
    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);
    private readonly PublishChannel _channel = new(broker, confirms: true);
    private volatile bool _disposed;

    /// <summary>
    /// Publishes <paramref name="work"/> with answers to go to <paramref name="replyTo"/>. While the broker is away it tries again
    /// until cancelled; as a confirm may be lost on the way, the receiver may see the same work twice.
    /// </summary>
    public Task PublishAsync<T>(string queue, T work, JsonTypeInfo<T> json, string replyTo, CancellationToken cancellation)
        => PublishAsync(queue, queue, JsonSerializer.SerializeToUtf8Bytes(work, json), replyTo, cancellation);

    /// <summary>Puts work aside that no worker survives.</summary>
    public Task PublishDeadAsync<T>(string queue, T work, JsonTypeInfo<T> json, CancellationToken cancellation)
        => PublishAsync(queue, Topology.DeadLetters(queue), JsonSerializer.SerializeToUtf8Bytes(work, json), "", cancellation);

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return _channel.DisposeAsync();
    }

    private async Task PublishAsync(string workQueue, string target, byte[] body, string replyTo, CancellationToken cancellation)
    {
        var properties = new BasicProperties { ReplyTo = replyTo, Persistent = true, ContentType = "application/json" };
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await TryPublishAsync(workQueue, target, properties, body, cancellation).WaitAsync(cancellation))
                return;
            await Task.Delay(200, cancellation);
        }
    }

    /// <summary>
    /// Not cancelled once it has a channel, only left alone: a call that the client breaks off may leave the channel out of step with the
    /// broker, at the cost of others who publish on it.
    /// </summary>
    /// <returns>False when the broker is away, or the channel was of no use.</returns>
    private async Task<bool> TryPublishAsync(string workQueue, string target, BasicProperties properties, byte[] body, CancellationToken cancellation)
    {
        IChannel? channel = null;
        try
        {
            channel = await _channel.GetAsync(cancellation);
            if (!_declared.ContainsKey(workQueue))
                await Topology.DeclareWorkQueueAsync(channel, workQueue, CancellationToken.None);
            _declared[workQueue] = true;
            await channel.BasicPublishAsync("", target, mandatory: true, properties, body, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (!_disposed)
        {
            // Whatever it is: the channel may have been replaced under it by another caller. The queue may be gone with the broker's data: declare it anew.
            _declared.TryRemove(workQueue, out _);
            if (exception is not PublishException && channel is { IsOpen: true })
                _channel.Drop(channel);
            return false;
        }
    }
}
