namespace LLMoin.Inference.Engines.Llama;

/// <summary>Counts who uses a model, so that its memory goes only when the last one has left.</summary>
internal sealed class Lease(ILoadedModel model)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users;
    private bool _ending;

    public ILoadedModel Model { get; } = model;

    /// <returns>False when it is being unloaded.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_ending)
                return false;
            _users++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
            if (--_users == 0 && _ending)
                _empty.TrySetResult();
    }

    /// <summary>Lets nobody in any more, waits for the last to leave, frees the memory.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _ending = true;
            if (_users == 0)
                _empty.TrySetResult();
        }
        await _empty.Task.WaitAsync(cancellation);
        Model.Dispose();
    }
}
