using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using LLMoin.Messaging.Events;
using LLMoin.ServiceBed;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LLMoin.BillingTests.Ledger;

public sealed class BatchQueueTests(Servers servers)
{
    [Fact]
    public async Task A_queue_from_before_batches_is_consumed_in_batches_as_it_is()
    {
        var service = "before" + Guid.NewGuid().ToString("n")[..8];
        var consumers = new EventConsumers(service).Add<Nothing, UsageRecorded>();
        await using var provider = new ServiceCollection().AddLogging().AddMassTransit(bus =>
        {
            bus.AddConsumer<Nothing>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(servers.Messaging));
                foreach (var consumer in consumers.All)
                    consumer.AddEndpoint(rabbit, context);
            });
        }).BuildServiceProvider();
        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync(TestContext.Current.CancellationToken);
        await bus.StopAsync(TestContext.Current.CancellationToken);

        await using var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        // The broker refuses to declare a queue again with other arguments.
        var queue = await Topology.DeclareConsumerQueueAsync(channel, service, typeof(UsageRecorded), TestContext.Current.CancellationToken);

        foreach (var name in new[] { queue, Topology.DeadLetters(queue) })
            await channel.QueueDeleteAsync(name, cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class Nothing : IConsumer<UsageRecorded>
    {
        public Task Consume(ConsumeContext<UsageRecorded> context) => Task.CompletedTask;
    }
}
