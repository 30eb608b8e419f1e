namespace LLMoin.Inference.Generation;

/// <summary>
/// How long those in line will wait, from how long answers have held their slots lately (exponentially weighted mean). With n slots one
/// becomes free every mean ÷ n on average, however long those who run have been at it, if lengths of answers have no memory. Not
/// thread-safe.
/// </summary>
internal sealed class WaitEstimate
{
    /// <summary>Weight of the latest answer.</summary>
    private const double Newest = 0.1;

    private double? _meanSeconds;

    public void Ended(TimeSpan held)
        => _meanSeconds = _meanSeconds is { } mean ? mean + Newest * (held.TotalSeconds - mean) : held.TotalSeconds;

    /// <param name="position">Place in the line, 1 for the next.</param>
    /// <param name="slots">Slots there are.</param>
    /// <returns>Seconds; null before any answer has ended.</returns>
    public double? Seconds(int position, int slots) => position * _meanSeconds / slots;
}
