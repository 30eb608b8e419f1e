namespace LLMoin.Messaging.Outbox;

/// <summary>Tells the dispatcher that a transaction with messages has committed, so that it need not wait for its next poll.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _pending = new(0);

    public void Committed() => _pending.Release();

    internal async Task WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        await _pending.WaitAsync(timeout, cancellation);
        while (_pending.Wait(0, cancellation))
        {
            // Many commits need one look only.
        }
    }

    public void Dispose() => _pending.Dispose();
}
