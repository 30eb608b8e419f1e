namespace LLMoin.Messaging.Batches;

/// <summary>Handles messages many at a time. All or nothing: what it throws for undoes the whole batch.</summary>
public interface IBatchConsumer<TMessage> where TMessage : class
{
    /// <param name="messages">In the order of the queue; any of them may have come before.</param>
    /// <param name="cancellation">Ends it without effect.</param>
    /// <exception cref="InvalidDataException">One of them cannot be handled, today or tomorrow.</exception>
    Task ConsumeAsync(IReadOnlyList<TMessage> messages, CancellationToken cancellation);
}
