using System.Net.Sockets;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LLMoin.BillingTests.Ledger.Chaos;

/// <summary>Publishes as an outbox does: until the broker has confirmed, again if it is in doubt.</summary>
internal sealed class UsageFlood(string messaging)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    public async Task PublishAsync(IReadOnlyList<UsageRecorded> usages, CancellationToken cancellation)
    {
        IConnection? connection = null;
        IChannel? channel = null;
        foreach (var chunk in usages.Chunk(AtOnce))
        {
            for (var confirmed = false; !confirmed;)
            {
                try
                {
                    connection ??= await new ConnectionFactory { Uri = new Uri(messaging), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellation);
                    channel ??= await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null), cancellation);
                    var open = channel;
                    await Task.WhenAll(chunk.Select(usage => PublishAsync(open, usage, cancellation))).WaitAsync(TimeSpan.FromSeconds(10), cancellation);
                    confirmed = true;
                }
                catch (Exception exception) when (exception is RabbitMQClientException or IOException or SocketException or TimeoutException)
                {
                    await LeaveAsync(connection);
                    (connection, channel) = (null, null);
                }

                await Task.Delay(Pause, cancellation);
            }
        }

        await LeaveAsync(connection);
    }

    private static async Task LeaveAsync(IConnection? connection)
    {
        try
        {
            if (connection is not null)
                await connection.DisposeAsync().AsTask().WaitAsync(LongestFarewell);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            // There is nobody left to agree to its end, for which the client would wait up to some minutes (rabbitmq-dotnet-client, issue 1930).
        }
    }

    private static Task PublishAsync(IChannel channel, UsageRecorded usage, CancellationToken cancellation)
    {
        var message = Topology.Message(typeof(UsageRecorded));
        var properties = new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = Guid.CreateVersion7().ToString() };
        return channel.BasicPublishAsync(
            Topology.Exchange(message.Publisher), message.Name, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(usage, ContractJson.Web), cancellation).AsTask();
    }
}
