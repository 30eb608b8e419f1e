using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LLMoin.Hosting;

/// <summary>Something the supervisor keeps alive.</summary>
internal interface IRunning : IAsyncDisposable
{
    /// <summary>0 where the runner has no process of its own for it.</summary>
    int Pid { get; }

    /// <summary>Completes with the exit code once it has ended.</summary>
    Task<int> Exited { get; }
}

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>
/// A process in a session of its own (so that Ctrl-C reaches the runner only, which then stops everything in order), with its output
/// handed on line by line, and marked for the <see cref="Reaper"/>.
/// </summary>
internal sealed partial class ChildProcess : IRunning
{
    private static readonly TimeSpan LongestDeath = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Between fork and exec a child holds a copy of every socket of ours, listening ones too: a port let go meanwhile would still look taken.
    /// </summary>
    internal static readonly Lock Forking = new();

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Pid { get; private set; }
    public Task<int> Exited => _exited.Task;

    /// <summary>The signal by which this process is asked to end.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>How long it may take to end when asked.</summary>
    public TimeSpan LongestStop { get; private init; }

    /// <param name="environment">Added to the runner's own environment; a null value removes the variable.</param>
    /// <exception cref="RunnerException">The program cannot be started.</exception>
    public static ChildProcess Start(
        string command, IEnumerable<string> arguments, Action<string> log,
        IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null, Signal stopSignal = Signal.Terminate,
        TimeSpan? longestStop = null)
    {
        Reaper.EnsureStarted();
        // setsid keeps the process id: a process that .NET forks leads no group yet, so setsid need not fork again.
        var start = new ProcessStartInfo("setsid", [command, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        start.Environment[Reaper.Marker] = Reaper.RunId;

        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true }) { StopSignal = stopSignal, LongestStop = longestStop ?? TimeSpan.FromSeconds(10) };
        var process = child._process;
        process.OutputDataReceived += (_, e) => { if (e.Data is { } line) log(line); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) log(line); };
        process.Exited += (_, _) => child._exited.TrySetResult(process.ExitCode);
        lock (Forking) process.Start(); // returns when the child has become the new program
        child.Pid = process.Id;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>
    /// Until it has ended and all that it wrote has been handed on, which may be after <see cref="Exited"/>; for as long as somebody else
    /// holds its output, too.
    /// </summary>
    public Task WaitForLastWordsAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    /// <summary>Asks the process to end, and after <see cref="LongestStop"/> ends it together with its group.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            Send(Pid, StopSignal);
            await Task.WhenAny(Exited, Task.Delay(LongestStop));
        }
        Send(-Pid, Signal.Kill);
        await Task.WhenAny(Exited, Task.Delay(LongestDeath));
        await Task.WhenAny(WaitForLastWordsAsync(), Task.Delay(TimeSpan.FromSeconds(1)));
        _process.Dispose();
    }

    /// <param name="pid">A process, or its negative for the whole group it leads.</param>
    public static void Send(int pid, Signal signal) => _ = Kill(pid, (int)signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
