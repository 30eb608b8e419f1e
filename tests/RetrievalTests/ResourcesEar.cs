using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LLMoin.RetrievalTests;

/// <summary>Hears what retrieval says it used, as billing does.</summary>
internal sealed class ResourcesEar : IAsyncDisposable
{
    private readonly List<ResourcesUsed> _used = [];
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private ResourcesEar(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<ResourcesEar> StartAsync(Servers servers)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var ear = new ResourcesEar(connection, channel);
        await Topology.DeclareExchangeAsync(channel, "retrieval", CancellationToken.None);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, Topology.Exchange("retrieval"), "resources-used.v1");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            lock (ear._used)
                ear._used.Add(JsonSerializer.Deserialize<ResourcesUsed>(message.Body.Span, ContractJson.Web)!);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return ear;
    }

    /// <summary>What a tenant used of a kind, once there are so many; then a moment longer, to hear one too many as well.</summary>
    public async Task<IReadOnlyList<ResourcesUsed>> HearAsync(string tenant, ResourceKind kind, int count)
    {
        await ReadUntil.TrueAsync(() => Task.FromResult(Heard().Count >= count), $"{count} × {kind} is heard");
        await Task.Delay(300);
        return Heard();

        List<ResourcesUsed> Heard()
        {
            lock (_used)
                return [.. _used.Where(used => used.Tenant == tenant && used.Kind == kind)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
