using System.Text;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Messaging;
using RabbitMQ.Client;

namespace LLMoin.ServiceBed;

/// <summary>The broker as an operator or a broken publisher uses it: any bytes, any message id, any number of times.</summary>
public sealed class RawBroker : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private RawBroker(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<RawBroker> ConnectAsync(Servers servers)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        return new RawBroker(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)));
    }

    public Task PublishAsync<T>(T message, Guid messageId) where T : class
        => PublishAsync(typeof(T), JsonSerializer.Serialize(message, ContractJson.Web), messageId);

    public async Task PublishAsync(Type type, string body, Guid messageId)
    {
        var message = Topology.Message(type);
        var properties = new BasicProperties { MessageId = messageId.ToString(), ContentType = "application/json", Persistent = true };
        await _channel.BasicPublishAsync(Topology.Exchange(message.Publisher), message.Name, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Takes messages until one holds <paramref name="text"/>; null after half a minute.</summary>
    public async Task<BasicGetResult?> TakeAsync(string queue, string text)
    {
        for (var i = 0; i < 150; i++)
        {
            while (await _channel.BasicGetAsync(queue, autoAck: true) is { } message)
            {
                if (Encoding.UTF8.GetString(message.Body.Span).Contains(text, StringComparison.Ordinal))
                    return message;
            }

            await Task.Delay(200);
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
