namespace LLMoin.Inference.Llama;

/// <summary>
/// Who may compute: one at a time, and of those who wait, answers before embeddings. Between two steps of an answer there is a moment in
/// which a batch of embeddings gets its turn, so that neither stands still.
/// </summary>
internal sealed class ComputeTurn
{
    private readonly object _lock = new();
    private int _waiting;
    private bool _taken;

    /// <param name="background">Lets whoever waits for an answer go first.</param>
    public void Enter(bool background)
    {
        lock (_lock)
        {
            if (!background)
                _waiting++;
            while (_taken || (background && _waiting > 0))
                Monitor.Wait(_lock);
            if (!background)
                _waiting--;
            _taken = true;
        }
    }

    public void Exit()
    {
        lock (_lock)
        {
            _taken = false;
            Monitor.PulseAll(_lock);
        }
    }
}
