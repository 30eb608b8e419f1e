namespace LLMoin.Billing.Analytics.Durations;

/// <summary>
/// How long requests took, as counts between bounds that grow by 2^(1/8): a quantile is at most 4.5 % off (2^(1/16)), and two histograms are merged by
/// adding them up (the idea of G. Tene's HdrHistogram and of C. Masson et al., "DDSketch", VLDB 2019). Millisecond by millisecond nothing is kept.
/// </summary>
internal sealed class LogHistogram
{
    /// <summary>Bounds in a doubling.</summary>
    public const int Steps = 8;

    /// <summary>By which SQL finds the bucket of a column <c>duration_ms</c>; the same as <see cref="BucketOf"/>.</summary>
    public const string BucketSql = "(case when duration_ms <= 1 then 0 else ceil(ln(duration_ms::float8) / ln(2::float8) * 8) end)::smallint";

    private readonly SortedDictionary<int, long> _counts = [];

    public long Count { get; private set; }

    /// <returns>0 for up to a millisecond; i for up to 2^(i/8) ms.</returns>
    public static int BucketOf(long milliseconds) => milliseconds <= 1 ? 0 : (int)Math.Ceiling(Math.Log(milliseconds) / Math.Log(2) * Steps);

    public void Add(int bucket, long count)
    {
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + count;
        Count += count;
    }

    /// <summary>The time within which a share of the requests was done; the middle of its bucket.</summary>
    /// <param name="share">Above 0, below 1.</param>
    /// <param name="least">How many requests have to lie beyond it; where fewer do, it would speak of those: null.</param>
    /// <returns>Seconds.</returns>
    public double? Quantile(double share, int least)
    {
        var (rank, seen) = ((long)Math.Ceiling(Count * share), 0L);
        if (Count - rank < least)
            return null;
        foreach (var (bucket, count) in _counts)
        {
            if ((seen += count) >= rank)
                return Math.Round(bucket == 0 ? 0.001 : Math.Pow(2, (bucket - 0.5) / Steps) / 1000, 3);
        }

        return null;
    }
}
