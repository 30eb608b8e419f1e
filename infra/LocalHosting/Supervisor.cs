using System.Diagnostics;

namespace LLMoin.Hosting;

/// <summary>One running copy of a resource, as state.json shows it.</summary>
internal sealed class Instance(Resource resource, int replica)
{
    public Resource Resource => resource;
    public int Replica => replica;
    public string Name => resource.Replicas == 1 ? resource.Name : $"{resource.Name}-{replica}";
    public InstanceState State { get; set; }
    public int Pid { get; set; }
    public int Restarts { get; set; }
}

internal enum InstanceState
{
    Waiting,
    Starting,
    Ready,
    Restarting,
    Failed,
    Stopped,
}

/// <summary>
/// Keeps one instance running: whenever it ends, it is started again after a pause that doubles from half a second to half a minute and
/// is short again once the instance has been ready for a minute.
/// </summary>
/// <param name="instance">What is kept running.</param>
/// <param name="start">Starts it; done when it is ready, throws when it ended before.</param>
/// <param name="changed">Called after each change of the instance's state, with a word about it.</param>
internal sealed class Supervisor(Instance instance, Func<Instance, CancellationToken, Task<IRunning>> start, Action<Instance, string> changed) : IDisposable
{
    private const int AttemptsToBecomeReady = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5), LongestPause = TimeSpan.FromSeconds(30), Settled = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;

    public Instance Instance => instance;

    /// <summary>Completes when the instance has become ready for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Returns when stopped.</summary>
    /// <exception cref="RunnerException">The instance could not be brought up at all.</exception>
    public Task RunAsync() => _loop = KeepRunningAsync(_stop.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop.ContinueWith(_ => { }, TaskScheduler.Default);
        if (instance.State != InstanceState.Failed) Report(InstanceState.Stopped, "");
    }

    public void Dispose() => _stop.Dispose();

    private async Task KeepRunningAsync(CancellationToken stopping)
    {
        var pause = FirstPause;
        for (var attempt = 1; !stopping.IsCancellationRequested; attempt++)
        {
            var watch = Stopwatch.StartNew();
            string end;
            try
            {
                if (instance.Restarts == 0) Report(InstanceState.Starting, "");
                await using var running = await start(instance, stopping);
                instance.Pid = running.Pid;
                Report(InstanceState.Ready, "");
                _ready.TrySetResult();
                watch.Restart();
                end = $"ended with code {await running.Exited.WaitAsync(stopping)}";
                if (watch.Elapsed >= Settled) pause = FirstPause;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (RunnerException e) when (e is not MissingServerException && (Ready.IsCompleted || attempt < AttemptsToBecomeReady))
            {
                end = e.Message;
            }
            catch (Exception)
            {
                Report(InstanceState.Failed, "");
                throw;
            }
            instance.Pid = 0;
            instance.Restarts++;
            Report(InstanceState.Restarting, $"{end}; again in {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private void Report(InstanceState state, string remark)
    {
        instance.State = state;
        if (state == InstanceState.Stopped) instance.Pid = 0;
        changed(instance, remark);
    }
}
