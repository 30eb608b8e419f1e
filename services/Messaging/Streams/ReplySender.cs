using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LLMoin.Messaging.Broker;
using RabbitMQ.Client;

namespace LLMoin.Messaging.Streams;

/// <summary>
/// Sends frames to reply queues: in order, without waiting for confirms (frames are numbered, the receiver sees a gap), and
/// reports reply queues whose owner is gone.
/// </summary>
public sealed class ReplySender : IAsyncDisposable
{
    private readonly IChannel _channel;

    private ReplySender(IChannel channel) => _channel = channel;

    /// <param name="broker">The connection.</param>
    /// <param name="unroutable">Called with the name of a reply queue that does not exist any more.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ReplySender> StartAsync(BrokerConnection broker, Action<string> unroutable, CancellationToken cancellation)
    {
        var channel = await broker.CreateChannelAsync(confirms: false, cancellation);
        channel.BasicReturnAsync += (_, returned) =>
        {
            unroutable(returned.RoutingKey);
            return Task.CompletedTask;
        };
        return new ReplySender(channel);
    }

    /// <returns>False when the reply is lost, as the broker is away.</returns>
    public async ValueTask<bool> SendAsync<T>(string replyTo, T reply, JsonTypeInfo<T> json)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(reply, json);
        try
        {
            await _channel.BasicPublishAsync("", replyTo, mandatory: true, new BasicProperties(), body);
            return true;
        }
        catch (Exception)
        {
            // Whatever it is: what comes after it must not be held up, and the receiver sees the gap.
            return false;
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
