using RabbitMQ.Client.Exceptions;

namespace LLMoin.Messaging.Broker;

/// <summary>Tells a broker that is away, or was for a moment, from a fault of ours.</summary>
public static class BrokerLoss
{
    /// <param name="exception">From a channel.</param>
    /// <param name="cancellation">The caller's: the client cancels by itself what the broker leaves unanswered.</param>
    public static bool Explains(Exception exception, CancellationToken cancellation = default)
        => exception is AlreadyClosedException or OperationInterruptedException or PublishException
            || exception is OperationCanceledException && !cancellation.IsCancellationRequested;
}
