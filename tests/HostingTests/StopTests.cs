using LLMoin.HostingTests.SmallPlatform;

namespace LLMoin.HostingTests;

public sealed class StopTests
{
    [Theory]
    [InlineData("Interrupt")]
    [InlineData("Terminate")]
    [InlineData("Kill")]
    public async Task Nothing_is_left_when_the_runner_is_gone(string signal)
    {
        await using var platform = await Platform.StartAsync();
        var run = platform.State.RunId;
        Assert.NotEmpty(Platform.ProcessesOf(run));

        ChildProcess.Send(platform.Pid, Enum.Parse<Signal>(signal));
        var code = await platform.UntilExitedAsync();

        Assert.Empty(signal == "Kill" ? await Platform.LeftOverAsync(run) : Platform.ProcessesOf(run));
        if (signal == "Kill") return;
        Assert.Equal(0, code);
        Assert.Equal(0, platform.State.RunnerPid);
        Assert.All(platform.State.Resources, r => Assert.Equal((InstanceState.Stopped, 0), (r.State, r.Pid)));
    }

    [Fact]
    public async Task A_service_that_never_comes_up_ends_the_run_and_its_last_words_are_shown()
    {
        await using var platform = Platform.Launch(arguments: ["--broken", "true"]);
        Assert.Equal(1, await platform.UntilExitedAsync());
        Assert.Contains("broken could not be started: ended with code 7 before it was ready", platform.Output, StringComparison.Ordinal);
        Assert.Contains("Where are my shoes?", platform.Output, StringComparison.Ordinal);
        Assert.Equal(InstanceState.Failed, platform.Instance("broken").State);
    }
}
