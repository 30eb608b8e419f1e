using LLMoin.Messaging.Batches;
using LLMoin.Messaging.Broker;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace LLMoin.Messaging.Events;

/// <summary>What a service listens to.</summary>
public sealed class EventConsumers(string service)
{
    internal List<Consumer> All { get; } = [];

    internal List<Action<IServiceCollection>> Batches { get; } = [];

    /// <summary>
    /// <typeparamref name="TConsumer"/> handles <typeparamref name="TMessage"/> from the queue <c>{service}.{message}</c>, where messages
    /// wait while the service is down. One that fails is retried, then goes to <c>{queue}.dead</c>.
    /// </summary>
    /// <param name="prefetch">Most messages handled at once.</param>
    public EventConsumers Add<TConsumer, TMessage>(ushort prefetch = 16)
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class
    {
        All.Add(new Consumer(typeof(TConsumer), (rabbit, context) => AddEndpoint<TConsumer, TMessage>(rabbit, context, prefetch)));
        return this;
    }

    /// <summary>
    /// The same queue for messages that come by the thousand: <typeparamref name="TConsumer"/> handles many in one go. It costs a fraction of
    /// what <see cref="Add{TConsumer,TMessage}"/> does; see <see cref="BatchConsumption{TMessage}"/> for what becomes of those that fail.
    /// </summary>
    public EventConsumers AddBatch<TConsumer, TMessage>()
        where TConsumer : class, IBatchConsumer<TMessage>
        where TMessage : class
    {
        Batches.Add(services =>
        {
            services.TryAddSingleton<BrokerConnection>();
            services.AddSingleton<IBatchConsumer<TMessage>, TConsumer>();
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BatchConsumption<TMessage>>(provider, service));
            services.AddHostedService(provider => provider.GetRequiredService<BatchConsumption<TMessage>>());
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                Topology.ConsumerQueue(service, typeof(TMessage)), provider => provider.GetRequiredService<BatchConsumption<TMessage>>(), null, null));
        });
        return this;
    }

    private void AddEndpoint<TConsumer, TMessage>(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, ushort prefetch)
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class
    {
        var message = Topology.Message(typeof(TMessage));
        var queue = Topology.ConsumerQueue(service, typeof(TMessage));
        rabbit.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PrefetchCount = prefetch;
            endpoint.SetQuorumQueue();
            endpoint.SetQueueArgument("x-delivery-limit", Topology.DeliveryLimit - 1);
            endpoint.BindDeadLetterQueue(Topology.DeadLetters(queue), Topology.DeadLetters(queue), dead =>
            {
                foreach (var (key, value) in Topology.DeadLetterArguments)
                    dead.SetQueueArgument(key, value);
            });
            endpoint.Bind(Topology.Exchange(message.Publisher), binding =>
            {
                binding.ExchangeType = ExchangeType.Topic;
                binding.RoutingKey = message.Name;
            });
            // A short fault (a database that restarts) is waited out here; what still fails goes back to the broker, whose
            // delivery limit also counts the deliveries that ended a process, and on to the dead letters.
            endpoint.UseMessageRetry(retry => retry.Intervals(Backoff));
            endpoint.RethrowFaultedMessages();
            endpoint.ThrowOnSkippedMessages();
            endpoint.ConfigureConsumer<TConsumer>(context);
        });
    }

    /// <summary>Whether a message whose handling fails now goes to the dead letters: its last delivery, tried for the last time.</summary>
    public static bool IsLastTry(ConsumeContext context)
        => context.GetRetryAttempt() == Backoff.Length && context.ReceiveContext.TransportHeaders.Get<long>(DeliveryCount) >= Topology.DeliveryLimit - 1;

    /// <summary>Quorum queues count earlier deliveries in this header.</summary>
    private const string DeliveryCount = "x-delivery-count";

    private static readonly TimeSpan[] Backoff =
        [.. Enumerable.Range(0, 3).Select(n => TimeSpan.FromMilliseconds(100 * Math.Pow(5, n)))];

    internal sealed record Consumer(Type Type, Action<IRabbitMqBusFactoryConfigurator, IBusRegistrationContext> AddEndpoint);
}
