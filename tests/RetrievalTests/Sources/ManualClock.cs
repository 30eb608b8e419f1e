namespace LLMoin.RetrievalTests.Sources;

/// <summary>The time is what a test says; waiting goes by the real one.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
