using LLMoin.Messaging.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.Messaging.Streams;

/// <summary>A message from a work queue. It stays the worker's until <see cref="CompleteAsync"/>; a worker that dies loses it to another.</summary>
public sealed class Delivery(IChannel channel, ulong tag, string replyTo, bool redelivered, ReadOnlyMemory<byte> body)
{
    private int _settled;

    public string ReplyTo { get; } = replyTo;

    /// <summary>Somebody held it before and did not complete it.</summary>
    public bool Redelivered { get; } = redelivered;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Done with it; a second time changes nothing.</summary>
    public async Task CompleteAsync()
    {
        // The broker would close the channel, and take all other deliveries back.
        if (Interlocked.Exchange(ref _settled, 1) == 1)
            return;
        try
        {
            await channel.BasicAckAsync(tag, multiple: false);
        }
        catch (Exception exception) when (BrokerLoss.Explains(exception))
        {
            // The connection broke: the broker has already taken the message back and will deliver it again.
        }
    }

    /// <summary>Gives up on it for good: it goes to <c>{queue}.dead</c>.</summary>
    public async Task RejectAsync()
    {
        if (Interlocked.Exchange(ref _settled, 1) == 1)
            return;
        try
        {
            await channel.BasicNackAsync(tag, multiple: false, requeue: false);
        }
        catch (Exception exception) when (BrokerLoss.Explains(exception))
        {
        }
    }
}

/// <summary>Consumes one work queue with at most <c>prefetch</c> uncompleted deliveries.</summary>
public sealed class WorkConsumer : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly AsyncEventingBasicConsumer _consumer;
    private string? _consumerTag;

    private WorkConsumer(IChannel channel, string queue, AsyncEventingBasicConsumer consumer)
    {
        _channel = channel;
        _queue = queue;
        _consumer = consumer;
    }

    /// <param name="broker">The connection.</param>
    /// <param name="queue">Declared here if it does not exist.</param>
    /// <param name="prefetch">Most deliveries held at once; the broker keeps the rest for other workers.</param>
    /// <param name="handle">Called in order; must not block, only note the delivery.</param>
    /// <param name="connectionLost">Called when all deliveries held so far are void, as the broker gives them to others.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<WorkConsumer> StartAsync(
        BrokerConnection broker, string queue, ushort prefetch, Func<Delivery, Task> handle, Action connectionLost, CancellationToken cancellation)
    {
        var channel = await broker.CreateChannelAsync(confirms: false, cancellation);
        await Topology.DeclareWorkQueueAsync(channel, queue, cancellation);
        await channel.BasicQosAsync(0, prefetch, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        // The client reuses the body's buffer when the handler returns.
        consumer.ReceivedAsync += (_, message) => handle(new Delivery(
            channel, message.DeliveryTag, message.BasicProperties.ReplyTo ?? "", message.Redelivered, message.Body.ToArray()));
        channel.ChannelShutdownAsync += (_, _) =>
        {
            connectionLost();
            return Task.CompletedTask;
        };
        var started = new WorkConsumer(channel, queue, consumer);
        await started.ResumeAsync(cancellation);
        return started;
    }

    /// <summary>No new deliveries; those held can still be completed.</summary>
    public async Task PauseAsync(CancellationToken cancellation)
    {
        if (_consumerTag is not { } tag)
            return;
        await _channel.BasicCancelAsync(tag, noWait: false, cancellation);
        _consumerTag = null;
    }

    /// <summary>New deliveries again.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
        => _consumerTag ??= await _channel.BasicConsumeAsync(_queue, autoAck: false, _consumer, cancellation);

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
