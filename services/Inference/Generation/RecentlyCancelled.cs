namespace LLMoin.Inference.Generation;

/// <summary>
/// Cancellations reach every worker, the requests they are meant for perhaps only later. The last few thousand are remembered.
/// </summary>
internal sealed class RecentlyCancelled
{
    private const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _attempts = [];
    private readonly Queue<Guid> _order = new();

    public void Add(Guid answerId, int attempt)
    {
        lock (_lock)
        {
            if (_attempts.TryAdd(answerId, attempt))
                _order.Enqueue(answerId);
            else
                _attempts[answerId] = Math.Max(_attempts[answerId], attempt);
            if (_order.Count > Capacity)
                _attempts.Remove(_order.Dequeue());
        }
    }

    public bool Contains(Guid answerId, int attempt)
    {
        lock (_lock)
            return _attempts.TryGetValue(answerId, out var cancelled) && attempt <= cancelled;
    }
}
