using LLMoin.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.Messaging.Streams;

/// <summary>
/// This process's own queue for replies: exclusive to its connection, gone with it, declared anew under the same name when the
/// connection recovers. Replies are handled in the order in which they were sent.
/// </summary>
public sealed class ReplyQueue : IAsyncDisposable
{
    private readonly IChannel _channel;

    private ReplyQueue(IChannel channel, string name)
    {
        _channel = channel;
        Name = name;
    }

    /// <summary>What goes into <c>reply-to</c>.</summary>
    public string Name { get; }

    /// <param name="broker">The connection.</param>
    /// <param name="name">Unique to this process.</param>
    /// <param name="handle">Called in order with each body, which is valid only during the call.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ReplyQueue> StartAsync(BrokerConnection broker, string name, Action<ReadOnlyMemory<byte>> handle, CancellationToken cancellation)
    {
        var channel = await broker.CreateChannelAsync(confirms: false, cancellation);
        await channel.QueueDeclareAsync(name, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            handle(message.Body);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(name, autoAck: true, consumer, cancellation);
        return new ReplyQueue(channel, name);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
