using System.Text.Json;
using System.Threading.Channels;
using LLMoin.Contracts;
using LLMoin.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.Messaging.Batches;

/// <param name="Tag">By which it is settled within its session.</param>
/// <param name="MessageId">Empty where the publisher gave none.</param>
/// <param name="Message">Null where it cannot be read.</param>
/// <param name="Unreadable">Why.</param>
internal readonly record struct BatchDelivery<TMessage>(ulong Tag, string MessageId, TMessage? Message, JsonException? Unreadable);

/// <summary>
/// A consumer on a connection of its own, from its start until either breaks. It does not recover: the broker gives what was not settled
/// to the next session, and no tag of one means anything in another.
/// </summary>
internal sealed class BatchSession<TMessage> : IAsyncDisposable where TMessage : class
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    // Bounded by the prefetch. (That for a single reader could not say how many wait.)
    private readonly Channel<BatchDelivery<TMessage>> _received = Channel.CreateUnbounded<BatchDelivery<TMessage>>();

    private BatchSession(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <param name="broker">Where.</param>
    /// <param name="service">Whose queue; declared here.</param>
    /// <param name="prefetch">Most deliveries held unsettled.</param>
    /// <param name="cancellation">Ends the wait for a broker.</param>
    public static async Task<BatchSession<TMessage>> OpenAsync(BrokerConnection broker, string service, ushort prefetch, CancellationToken cancellation)
    {
        var connection = await broker.OpenOwnAsync(cancellation);
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var queue = await Topology.DeclareConsumerQueueAsync(channel, service, typeof(TMessage), cancellation);
            await channel.BasicQosAsync(0, prefetch, global: false, cancellation);
            var session = new BatchSession<TMessage>(connection, channel);
            await session.ConsumeAsync(queue, cancellation);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The next deliveries in order: at once where <paramref name="most"/> are here, else those that come within <paramref name="window"/>
    /// of the first.
    /// </summary>
    /// <returns>Empty: the session has ended.</returns>
    public async Task<IReadOnlyList<BatchDelivery<TMessage>>> TakeAsync(int most, TimeSpan window, CancellationToken cancellation)
    {
        if (!await _received.Reader.WaitToReadAsync(cancellation))
            return [];
        if (_received.Reader.Count < most)
            await Task.Delay(window, cancellation);
        var taken = new List<BatchDelivery<TMessage>>();
        while (_channel.IsOpen && taken.Count < most && _received.Reader.TryRead(out var delivery))
            taken.Add(delivery);
        return taken;
    }

    /// <summary>Done with everything up to this one that is not settled yet.</summary>
    public Task CompleteThroughAsync(ulong tag) => SettleAsync(_channel.BasicAckAsync(tag, multiple: true));

    /// <summary>Back to the broker, which sets it aside after <see cref="Topology.DeliveryLimit"/> deliveries.</summary>
    public Task ReturnAsync(ulong tag) => SettleAsync(_channel.BasicNackAsync(tag, multiple: false, requeue: true));

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private Task ConsumeAsync(string queue, CancellationToken cancellation)
    {
        _channel.ChannelShutdownAsync += (_, _) => EndAsync();
        var consumer = new AsyncEventingBasicConsumer(_channel);
        // Read here, as the client takes its buffer back afterwards.
        consumer.ReceivedAsync += (_, message) =>
        {
            _received.Writer.TryWrite(Read(message));
            return Task.CompletedTask;
        };
        // Cancelled by the broker: the queue was deleted, or its node is leaving.
        consumer.UnregisteredAsync += (_, _) => EndAsync();
        return _channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
    }

    private Task EndAsync()
    {
        _received.Writer.TryComplete();
        return Task.CompletedTask;
    }

    private static BatchDelivery<TMessage> Read(BasicDeliverEventArgs delivered)
    {
        var (tag, id) = (delivered.DeliveryTag, delivered.BasicProperties.MessageId ?? "");
        try
        {
            return JsonSerializer.Deserialize<TMessage>(delivered.Body.Span, ContractJson.Web) is { } message
                ? new(tag, id, message, null)
                : new(tag, id, null, new JsonException("The message is null."));
        }
        catch (JsonException unreadable)
        {
            return new(tag, id, null, unreadable);
        }
    }

    private static async Task SettleAsync(ValueTask settling)
    {
        try
        {
            await settling;
        }
        catch (Exception exception) when (BrokerLoss.Explains(exception))
        {
            // The session has ended; the message comes again and is recognised.
        }
    }
}
