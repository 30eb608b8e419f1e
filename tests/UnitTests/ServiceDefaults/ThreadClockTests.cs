using LLMoin.ServiceDefaults;

namespace LLMoin.UnitTests.ServiceDefaults;

public sealed class ThreadClockTests
{
    [Fact]
    public void Waiting_uses_up_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is an ordinary clock.");
        var started = ThreadClock.Instance.GetTimestamp();
        Thread.Sleep(500);
        Assert.InRange(ThreadClock.Instance.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void Computing_does()
    {
        var started = ThreadClock.Instance.GetTimestamp();
        while (ThreadClock.Instance.GetElapsedTime(started) < TimeSpan.FromMilliseconds(20))
        {
            // Goes on for ever if the clock stands still.
        }
    }
}
