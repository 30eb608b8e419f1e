using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LLMoin.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.Messaging.Streams;

/// <summary>
/// Short-lived news for every instance that runs now (cancellations, announcements): not stored, lost while the broker is away.
/// What must arrive goes through the outbox instead.
/// </summary>
public sealed class Broadcasts(BrokerConnection broker) : IAsyncDisposable
{
    private readonly PublishChannel _channel = new(broker, confirms: false);
    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);
    private readonly List<IChannel> _subscriptions = [];

    /// <returns>False when the broker is away.</returns>
    public async Task<bool> PublishAsync<T>(T news, JsonTypeInfo<T> json, CancellationToken cancellation)
    {
        var message = Topology.Message(typeof(T));
        try
        {
            var channel = await ChannelAsync(message.Publisher, cancellation);
            // Once begun it is not cancelled, like WorkQueue's.
            await channel.BasicPublishAsync(Topology.Exchange(message.Publisher), message.Name, mandatory: false,
                new BasicProperties { ContentType = "application/json" }, JsonSerializer.SerializeToUtf8Bytes(news, json), CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (BrokerLoss.Explains(exception, cancellation))
        {
            return false;
        }
    }

    /// <summary>Hears every broadcast of <typeparamref name="T"/> from now on.</summary>
    public async Task SubscribeAsync<T>(JsonTypeInfo<T> json, Action<T> handle, CancellationToken cancellation)
    {
        var message = Topology.Message(typeof(T));
        var channel = await broker.CreateChannelAsync(confirms: false, cancellation);
        await Topology.DeclareExchangeAsync(channel, message.Publisher, cancellation);
        var name = $"{message.Name}.{Guid.CreateVersion7():n}";
        await channel.QueueDeclareAsync(name, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        await channel.QueueBindAsync(name, Topology.Exchange(message.Publisher), message.Name, cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, received) =>
        {
            if (JsonSerializer.Deserialize(received.Body.Span, json) is { } news)
                handle(news);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(name, autoAck: true, consumer, cancellation);
        lock (_subscriptions)
            _subscriptions.Add(channel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _subscriptions)
            await channel.DisposeAsync();
        await _channel.DisposeAsync();
    }

    private async Task<IChannel> ChannelAsync(string publisher, CancellationToken cancellation)
    {
        var channel = await _channel.GetAsync(cancellation);
        // Only what is there counts as declared: the broker closes a channel that publishes to an exchange that is not.
        if (!_declared.ContainsKey(publisher))
            await Topology.DeclareExchangeAsync(channel, publisher, CancellationToken.None);
        _declared[publisher] = true;
        return channel;
    }
}
