using LLMoin.PlatformBed;
using LLMoin.PlatformTests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Platform))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace LLMoin.PlatformTests;

/// <summary>One whole platform for all tests, as a person starts it, and beside its own worker one with the replay engine.</summary>
public sealed class Platform : IAsyncLifetime
{
    public PlatformRun Run { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Run = await PlatformRun.StartAsync(("Limits__UserConcurrentGenerations", "64"));
        await Run.StartWorkerAsync("replay", slots: 64);
        using var anna = await Run.SignInAsync("anna@hamburg.example");
        await UntilAsync(async () => (await anna.GetStringAsync("/v1/models")) is var models && models.Contains("\"replay\"") && models.Contains("\"extractive\""),
            "both workers have announced their models");
    }

    public async ValueTask DisposeAsync()
    {
        var processes = Run.ProcessIds;
        await Run.DisposeAsync();
        // What the runner's reaper ends may be dying still.
        await UntilAsync(() => Task.FromResult(!processes.Any(pid => Directory.Exists($"/proc/{pid}"))), "no process of the platform is left", seconds: 60);
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, int seconds = 60)
    {
        var limit = DateTime.UtcNow.AddSeconds(seconds);
        while (!await isSo())
        {
            if (DateTime.UtcNow > limit)
                throw new TimeoutException($"Waited {seconds} s in vain until {what}.");
            await Task.Delay(100);
        }
    }
}
