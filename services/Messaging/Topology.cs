using System.Collections.Concurrent;
using System.Reflection;
using LLMoin.Contracts;
using RabbitMQ.Client;

namespace LLMoin.Messaging;

/// <summary>
/// Every name in the broker and how it is declared. Exchanges: <c>llmoin.{publisher}</c> (topic), routing key = message name.
/// Queues: <c>{consumer}.{message}</c>, work queues <c>generate.{model}</c> and <c>embed.{model}</c>, each with <c>{queue}.dead</c>.
/// </summary>
public static class Topology
{
    /// <summary>A message that was delivered this often without success goes to <c>{queue}.dead</c>.</summary>
    public const int DeliveryLimit = 3;

    /// <summary>Dead letters are kept for the operator for seven days, not longer: they may hold content.</summary>
    public static readonly IReadOnlyDictionary<string, object?> DeadLetterArguments = new Dictionary<string, object?>
    {
        ["x-queue-type"] = "quorum",
        ["x-message-ttl"] = (long)TimeSpan.FromDays(7).TotalMilliseconds,
    };

    private static readonly ConcurrentDictionary<Type, MessageAttribute> Messages = new();

    public static string GenerateQueue(string model) => "generate." + model;

    public static string EmbedQueue(string model) => "embed." + model;

    public static string DeadLetters(string queue) => queue + ".dead";

    public static string Exchange(string publisher) => "llmoin." + publisher;

    public static string ConsumerQueue(string consumer, Type message) => $"{consumer}.{Message(message).Name}";

    public static MessageAttribute Message(Type type) => Messages.GetOrAdd(type, static t =>
        t.GetCustomAttribute<MessageAttribute>() ?? throw new InvalidOperationException($"{t.Name} has no [Message]."));

    /// <summary>
    /// Arguments of a queue that survives: replicated (quorum), poison messages moved aside. RabbitMQ counts the first delivery
    /// as zero, so a limit of 2 redeliveries is <see cref="DeliveryLimit"/> deliveries.
    /// </summary>
    private static Dictionary<string, object?> WorkQueueArguments(string queue) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit - 1,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = DeadLetters(queue),
    };

    public static async Task DeclareWorkQueueAsync(IChannel channel, string queue, CancellationToken cancellation)
    {
        await DeclareDeadLettersAsync(channel, queue, cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, WorkQueueArguments(queue), cancellationToken: cancellation);
    }

    /// <summary>The queue in which a service's messages of one kind wait, as MassTransit declares it too (<see cref="Events.EventConsumers"/>).</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> DeclareConsumerQueueAsync(IChannel channel, string consumer, Type message, CancellationToken cancellation)
    {
        var (queue, (publisher, name)) = (ConsumerQueue(consumer, message), (Message(message).Publisher, Message(message).Name));
        var dead = DeadLetters(queue);
        await DeclareDeadLettersAsync(channel, queue, cancellation);
        await channel.ExchangeDeclareAsync(dead, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
        await channel.QueueBindAsync(dead, dead, "", cancellationToken: cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = DeliveryLimit - 1,
            ["x-dead-letter-exchange"] = dead,
        }, cancellationToken: cancellation);
        await DeclareExchangeAsync(channel, publisher, cancellation);
        await channel.QueueBindAsync(queue, Exchange(publisher), name, cancellationToken: cancellation);
        return queue;
    }

    private static Task DeclareDeadLettersAsync(IChannel channel, string queue, CancellationToken cancellation)
        => channel.QueueDeclareAsync(DeadLetters(queue), durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>(DeadLetterArguments), cancellationToken: cancellation);

    public static Task DeclareExchangeAsync(IChannel channel, string publisher, CancellationToken cancellation)
        => channel.ExchangeDeclareAsync(Exchange(publisher), ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellation);
}
