namespace LLMoin.UnitTests.Inference;

/// <summary>A clock that goes only when told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private TimeSpan _since;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => _since += time;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _since;

    public override long GetTimestamp() => _since.Ticks;
}
