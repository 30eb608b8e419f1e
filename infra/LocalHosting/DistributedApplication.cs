using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace LLMoin.Hosting;

/// <summary>The platform as a whole: starts its resources in the order of their dependencies, keeps them running, stops them in reverse.</summary>
public sealed class DistributedApplication
{
    private readonly IReadOnlyList<Resource> _resources;
    private readonly RunnerOptions _options;
    private readonly ServerStart _servers;
    private readonly ProcessStart _processes;
    private readonly Dictionary<Resource, LogFile> _logs = [];
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private List<Supervisor> _supervisors = [];
    private bool _ready;

    internal DistributedApplication(IReadOnlyList<Resource> resources, RunnerOptions options, IConfiguration configuration, Secrets secrets)
    {
        (_resources, _options) = (resources, options);
        _processes = new ProcessStart(r => _logs[r]);
        _servers = new ServerStart(options.DataDirectory, configuration, secrets, r => _logs[r]);
    }

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return new Builder(args);
        }
        catch (RunnerException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.Exit(1);
            throw;
        }
    }

    /// <summary>Returns when stopped by a signal (SIGINT, SIGTERM, SIGHUP) or, with exit code 1, when something could not be started.</summary>
    public void Run()
    {
        try
        {
            RunAsync().GetAwaiter().GetResult();
        }
        catch (RunnerException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 1;
        }
    }

    private async Task RunAsync()
    {
        Directory.CreateDirectory(_options.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); // others may pass through, as PostgreSQL's user must, but not look
        using var hold = Hold();
        if (RunState.Read(_options.DataDirectory) is { RunId: { } earlier }) await Reaper.SweepAsync(earlier);

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        void OnSignal(PosixSignalContext context) => context.Cancel = stop.TrySetResult(); // a second one ends the runner at once

        foreach (var resource in _resources)
            foreach (var endpoint in resource.Endpoints) endpoint.Reserve(resource.Replicas);
        _supervisors = [.. _resources.SelectMany(SupervisorsOf)];
        foreach (var resource in _supervisors.Select(s => s.Instance.Resource).Distinct())
            _logs[resource] = new LogFile(Path.Combine(_options.DataDirectory, "logs"), resource.Name, _options.Verbose);
        WriteState();

        var work = _supervisors.ConvertAll(StartInOrderAsync);
        var allReady = AnnounceReadyAsync();
        var failed = Task.WhenAny(work).Unwrap(); // a supervisor's work ends by itself only when it fails
        await Task.WhenAny(stop.Task, failed);
        if (failed.IsFaulted) Console.Error.WriteLine(Explain(failed.Exception.InnerException!));

        Console.WriteLine("Stopping ...");
        await StopInReverseAsync();
        await Reaper.FinishAsync();
        WriteState(runnerPid: 0);
        foreach (var log in _logs.Values) log.Dispose();
        foreach (var supervisor in _supervisors) supervisor.Dispose();
        Console.WriteLine("Stopped.");
        if (failed.IsFaulted) Environment.ExitCode = 1;
    }

    /// <summary>One runner per data directory.</summary>
    private FileStream Hold()
    {
        try
        {
            return new FileStream(Path.Combine(_options.DataDirectory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new RunnerException($"Another run is using {_options.DataDirectory} (./run --stop ends it).");
        }
    }

    private IEnumerable<Supervisor> SupervisorsOf(Resource resource) => resource switch
    {
        ProcessResource process => Enumerable.Range(0, process.Replicas)
            .Select(i => new Supervisor(new Instance(process, i), (instance, ct) => _processes.StartAsync(process, instance, ct), Changed)),
        ServerResource server => [new Supervisor(new Instance(server, 0), (instance, ct) => _servers.StartAsync(server, instance, ct), Changed)],
        _ => [],
    };

    private async Task StartInOrderAsync(Supervisor supervisor)
    {
        await Task.WhenAll(supervisor.Instance.Resource.WaitsFor.Select(r => r.Ready));
        await supervisor.RunAsync();
        await Task.Delay(Timeout.Infinite); // stopped: the run's end is decided elsewhere
    }

    private async Task AnnounceReadyAsync()
    {
        await Task.WhenAll(_supervisors.GroupBy(s => s.Instance.Resource).Select(async group =>
        {
            await Task.WhenAll(group.Select(s => s.Ready));
            group.Key.BecameReady();
        }));
        _ready = true;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // from here on the runner only waits: give back what starting took
        WriteState();
        Say($"all ready: {GatewayUrl}");
    }

    private async Task StopInReverseAsync()
    {
        var stopped = new Dictionary<Resource, Task>();
        Task StopAsync(Resource resource) => stopped.TryGetValue(resource, out var task) ? task : stopped[resource] = StopOneAsync(resource);
        async Task StopOneAsync(Resource resource)
        {
            await Task.WhenAll(_resources.Where(r => r.WaitsFor.Contains(resource) || r.References.Contains(resource)).Select(StopAsync));
            await Task.WhenAll(_supervisors.Where(s => s.Instance.Resource == resource).Select(s => s.StopAsync()));
        }
        await Task.WhenAll(_resources.Select(StopAsync));
    }

    private void Changed(Instance instance, string remark)
    {
        WriteState();
        if (instance.State != InstanceState.Stopped) Say($"{instance.Name,-12} {instance.State.ToString().ToLowerInvariant()} {remark}");
    }

    private void Say(string line) => Console.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0.0} s  {line}".TrimEnd());

    private string? GatewayUrl => _resources.SelectMany(r => r.Endpoints).FirstOrDefault(e => e.IsExternal)?.Url(0);

    private string Explain(Exception failure)
    {
        if (failure is MissingServerException) return failure.Message;
        if (failure is not RunnerException) return failure.ToString();
        var broken = _supervisors.First(s => s.Instance.State == InstanceState.Failed).Instance;
        var log = _logs[broken.Resource];
        return $"{broken.Name} could not be started: {failure.Message}\n{log.LastLines(12)}\n    ({log.Path})";
    }

    private void WriteState(int? runnerPid = null)
    {
        lock (_lock)
            new RunState(
                runnerPid ?? Environment.ProcessId, Reaper.RunId, _ready && runnerPid is null, GatewayUrl, _options.DataDirectory,
                _resources.OfType<ServerResource>().ToDictionary(s => s.Name, s => s.ConnectionString),
                [.. _supervisors.Select(s => InstanceRecord.Of(s.Instance))]).Write();
    }
}
