using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Models;

/// <summary>The work queues that this worker takes from: one per model, for as long as the model is served and there is room.</summary>
/// <param name="broker">The connection.</param>
/// <param name="queueOf">A model's queue.</param>
/// <param name="prefetch">Most deliveries held per model.</param>
/// <param name="handle">Called in order; must not block.</param>
/// <param name="connectionLost">All deliveries held are void.</param>
internal sealed class ModelQueues(BrokerConnection broker, Func<string, string> queueOf, ushort prefetch, Func<Delivery, Task> handle, Action connectionLost)
{
    private readonly Dictionary<string, WorkConsumer> _consumers = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes from the queues of these models and of no others from now on. What the broker cannot do now is done by the next call.
    /// </summary>
    public async Task TakeFromAsync(IReadOnlyCollection<string> models, CancellationToken cancellation)
    {
        try
        {
            foreach (var (model, consumer) in _consumers)
                if (!models.Contains(model))
                    await consumer.PauseAsync(cancellation);
            foreach (var model in models)
                if (_consumers.TryGetValue(model, out var consumer))
                    await consumer.ResumeAsync(cancellation);
                else
                    _consumers[model] = await WorkConsumer.StartAsync(broker, queueOf(model), prefetch, handle, connectionLost, cancellation);
        }
        catch (Exception exception) when (BrokerLoss.Explains(exception, cancellation))
        {
            // The connection is away and recovers by itself, with the consumers that it had.
        }
    }
}
