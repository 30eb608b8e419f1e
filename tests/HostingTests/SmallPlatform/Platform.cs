using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;

namespace LLMoin.HostingTests.SmallPlatform;

/// <summary>A run of <see cref="SmallAppHost"/> as a process of its own, on a data directory of its own.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ChildProcess _runner;

    private Platform(string data, string[] arguments, Dictionary<string, string?> environment)
    {
        Data = data;
        _runner = ChildProcess.Start(
            Environment.ProcessPath!, arguments, _output.Enqueue,
            new Dictionary<string, string?>(environment) { ["LLMOIN_DATA"] = data, [Program.Role] = "runner", ["ConnectionStrings__messaging"] = Given(environment, "messaging") });
    }

    public string Data { get; }
    public int Pid => _runner.Pid;
    public Task<int> Exited => _runner.Exited;

    /// <summary>Waits until it has ended and <see cref="Output"/> holds all that it said, and gives its exit code.</summary>
    public async Task<int> UntilExitedAsync()
    {
        try
        {
            await _runner.WaitForLastWordsAsync().WaitAsync(Patience);
            return await Exited;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The runner did not end. It said:\n{Output}");
        }
    }

    public string Output => string.Join('\n', _output);
    public RunState State => RunState.Read(Data) ?? throw new InvalidOperationException("There is no state.json.");

    public static string NewDirectory() => Directory.CreateTempSubdirectory("llmoin-hosting-").FullName;

    /// <summary>Starts a runner and does not wait for it.</summary>
    public static Platform Launch(string? data = null, string[]? arguments = null, Dictionary<string, string?>? environment = null) =>
        new(data ?? NewDirectory(), arguments ?? [], environment ?? []);

    public static async Task<Platform> StartAsync(string? data = null, string[]? arguments = null, Dictionary<string, string?>? environment = null)
    {
        var platform = Launch(data, arguments, environment);
        await platform.UntilAsync(s => s.Ready && s.RunnerPid == platform.Pid);
        return platform;
    }

    public async Task<RunState> UntilAsync(Func<RunState, bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(50))
        {
            if (RunState.Read(Data) is { } state && condition(state)) return state;
            if (Exited.IsCompleted) break;
        }
        throw new TimeoutException($"The platform did not get there. It said:\n{Output}\n{string.Join('\n', Logs())}");
    }

    public InstanceRecord Instance(string name, int replica = 0) => State.Resources.Single(r => r.Name == name && r.Replica == replica);

    public async Task<Dictionary<string, string>> EnvironmentOfAsync(string name, int replica = 0) =>
        (await Http.GetFromJsonAsync<Dictionary<string, string>>(new Uri(Instance(name, replica).Urls["http"] + "/environment")))!;

    public async Task CrashAsync(string name)
    {
        try
        {
            using var response = await Http.PostAsync(new Uri(Instance(name).Urls["http"] + "/crash"), null);
        }
        catch (HttpRequestException)
        {
            // It ended before it answered.
        }
    }

    /// <summary>The ids of all processes of this run but the runner: those with its mark in their environment.</summary>
    public static IReadOnlyList<int> ProcessesOf(string runId) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(int.Parse!).Where(pid => IsMarked(pid, runId))];

    /// <summary>Waits until nothing of the run is left.</summary>
    public static async Task<IReadOnlyList<int>> LeftOverAsync(string runId)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && ProcessesOf(runId).Count > 0; await Task.Delay(50)) { }
        return ProcessesOf(runId);
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        if (new DirectoryInfo(Path.Combine(Data, "postgres")).LinkTarget is { } elsewhere) Directory.Delete(elsewhere, recursive: true);
        Directory.Delete(Data, recursive: true);
    }

    private IEnumerable<string> Logs() => Directory.Exists(Path.Combine(Data, "logs"))
        ? Directory.GetFiles(Path.Combine(Data, "logs")).SelectMany(f => File.ReadLines(f).TakeLast(20).Prepend("== " + f))
        : [];

    private static string? Given(Dictionary<string, string?> environment, string name) => environment.GetValueOrDefault("ConnectionStrings__" + name);

    private static bool IsMarked(int pid, string runId)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains($"{Reaper.Marker}={runId}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or somebody else's
        }
    }
}
