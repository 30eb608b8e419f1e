using System.Diagnostics;
using LLMoin.HostingTests.SmallPlatform;

namespace LLMoin.HostingTests;

public sealed class RestartTests
{
    [Fact]
    public async Task A_crashed_service_comes_back_at_the_same_address_after_growing_pauses()
    {
        await using var platform = await Platform.StartAsync();
        var before = platform.Instance("front");
        var pauses = new List<TimeSpan>();
        for (var crash = 1; crash <= 3; crash++)
        {
            var watch = Stopwatch.StartNew();
            await platform.CrashAsync("front");
            await platform.UntilAsync(s => s.Resources.Single(r => r.Name == "front") is { State: InstanceState.Ready } r && r.Restarts == crash);
            pauses.Add(watch.Elapsed);
        }

        var after = platform.Instance("front");
        Assert.Equal(before.Urls, after.Urls);
        Assert.NotEqual(before.Pid, after.Pid);
        // A busy machine only makes it later.
        foreach (var (pause, seconds) in pauses.Zip((double[])[0.5, 1, 2]))
        {
            Assert.True(pause >= TimeSpan.FromSeconds(seconds), $"back after {pause}");
            Assert.Contains(FormattableString.Invariant($"front        restarting ended with code 3; again in {seconds} s"), platform.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_killed_replica_leaves_the_other_alone()
    {
        await using var platform = await Platform.StartAsync();
        var other = platform.Instance("back-office", 1).Pid;
        ChildProcess.Send(platform.Instance("back-office").Pid, Signal.Kill);
        await platform.UntilAsync(s => s.Resources[0] is { Restarts: 1, State: InstanceState.Ready });
        Assert.Equal((other, 0), (platform.Instance("back-office", 1).Pid, platform.Instance("back-office", 1).Restarts));
    }
}
