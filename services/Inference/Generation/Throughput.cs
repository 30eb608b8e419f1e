namespace LLMoin.Inference.Generation;

/// <summary>Completion tokens per second over all answers of this worker, smoothed over about ten seconds.</summary>
internal sealed class Throughput(TimeProvider clock)
{
    private const double SmoothedOver = 10;

    private readonly Lock _lock = new();
    private long _since = clock.GetTimestamp();
    private long _tokens;
    private double _rate;

    public void Add(int tokens) => Interlocked.Add(ref _tokens, tokens);

    /// <summary>The rate now; more often than ten times a second it is not measured anew.</summary>
    public double TokensPerSecond
    {
        get
        {
            lock (_lock)
            {
                var elapsed = clock.GetElapsedTime(_since).TotalSeconds;
                if (elapsed < 0.1)
                    return _rate;
                _since = clock.GetTimestamp();
                var kept = Math.Exp(-elapsed / SmoothedOver);
                _rate = _rate * kept + Interlocked.Exchange(ref _tokens, 0) / elapsed * (1 - kept);
                return _rate;
            }
        }
    }
}
