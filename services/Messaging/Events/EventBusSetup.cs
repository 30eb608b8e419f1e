using LLMoin.Contracts;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LLMoin.Messaging.Events;

/// <summary>
/// Commands and events through MassTransit, with our names instead of its own: a message is raw JSON on the topic exchange of its
/// publisher, and a consumer has one durable queue for it with dead letters beside it.
/// </summary>
public static class EventBusSetup
{
    /// <summary>
    /// Joins the event bus. <paramref name="consume"/> lists what this service listens to; what it publishes needs no list. Needs
    /// the service's database for outbox and inbox.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">The service's short name, first part of its queues' names.</param>
    /// <param name="consume">Adds consumers.</param>
    public static void AddEvents(this WebApplicationBuilder builder, string service, Action<EventConsumers>? consume = null)
    {
        var consumers = new EventConsumers(service);
        consume?.Invoke(consumers);

        foreach (var batches in consumers.Batches)
            batches(builder.Services);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddHostedService<OutboxDispatcher>();
        builder.Services.AddSingleton(new MigrationSource(typeof(EventBusSetup).Assembly));
        builder.Services.AddMassTransit(bus =>
        {
            foreach (var consumer in consumers.All)
                bus.AddConsumer(consumer.Type);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(BrokerConnection.Address(builder.Configuration), service);
                rabbit.UseRawJsonSerializer(RawSerializerOptions.AddTransportHeaders | RawSerializerOptions.CopyHeaders, isDefault: true);
                rabbit.ConfigureJsonSerializerOptions(_ => new(ContractJson.Web));
                rabbit.DeployPublishTopology = true;
                foreach (var message in MessageTypes())
                    UseOwnNames.Of(message).Apply(rabbit);
                foreach (var consumer in consumers.All)
                    consumer.AddEndpoint(rabbit, context);
            });
        });
    }

    private static IEnumerable<Type> MessageTypes()
        => typeof(MessageAttribute).Assembly.GetTypes().Where(type => Attribute.IsDefined(type, typeof(MessageAttribute)));

    /// <summary>MassTransit's topology calls are generic; this closes them over a message type known only at run time.</summary>
    private abstract class UseOwnNames
    {
        public static UseOwnNames Of(Type message) => (UseOwnNames)Activator.CreateInstance(typeof(For<>).MakeGenericType(message))!;

        public abstract void Apply(IRabbitMqBusFactoryConfigurator rabbit);

        private sealed class For<T> : UseOwnNames where T : class
        {
            public override void Apply(IRabbitMqBusFactoryConfigurator rabbit)
            {
                var message = Topology.Message(typeof(T));
                rabbit.Message<T>(topology => topology.SetEntityName(Topology.Exchange(message.Publisher)));
                rabbit.Publish<T>(topology => topology.ExchangeType = ExchangeType.Topic);
                rabbit.Send<T>(topology => topology.UseRoutingKeyFormatter(_ => message.Name));
            }
        }
    }
}
