using System.Threading.RateLimiting;

namespace LLMoin.Gateway.Limits;

/// <summary>
/// A token bucket (RFC 2697's idea) that fills continuously and names the moment at which the next token is there. The
/// framework's own fills in steps and can only name a whole step, so its <c>Retry-After</c> would be wrong by up to one.
/// </summary>
/// <param name="perMinute">Capacity and tokens added per minute: a full bucket admits one minute's worth at once.</param>
/// <param name="clock">Source of time.</param>
internal sealed class TokenBucket(int perMinute, TimeProvider clock) : RateLimiter
{
    private readonly Lock _gate = new();
    private readonly double _perSecond = perMinute / 60.0;
    private double _tokens = perMinute;
    private long _filled = clock.GetTimestamp();
    private long _granted;
    private long _refused;

    /// <summary>Time since the bucket is full; a full one may be forgotten, as a new one starts full.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                var untilFull = TimeSpan.FromSeconds((perMinute - _tokens) / _perSecond);
                var idle = clock.GetElapsedTime(_filled) - untilFull;
                return idle > TimeSpan.Zero ? idle : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            Fill();
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = (long)_tokens,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Fill();
            if (_tokens >= permitCount)
            {
                _tokens -= permitCount;
                _granted++;
                return Lease.Granted;
            }

            _refused++;
            return new Lease(TimeSpan.FromSeconds((permitCount - _tokens) / _perSecond));
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private void Fill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(perMinute, _tokens + (clock.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static readonly Lease Granted = new(null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
