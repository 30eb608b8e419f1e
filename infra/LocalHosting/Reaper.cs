using System.Diagnostics;

namespace LLMoin.Hosting;

/// <summary>
/// Ends whatever is left of this run when the runner is gone, however it went. A tiny shell process waits for the end of a pipe that the
/// runner holds open; SIGKILL closes it like an orderly exit does. It finds the processes by a mark in their environment, which
/// grandchildren and daemons inherit too (a process group or PR_SET_PDEATHSIG would miss those, and the latter is bound to the forking
/// thread, which in .NET comes and goes).
/// </summary>
internal static class Reaper
{
    public const string Marker = "LLMOIN_RUN";

    // PostgreSQL takes TERM as "when the last client has gone" and INT as "now"; the others have gone with TERM.
    private const string Script = """
        marked() { grep -lszxF "LLMOIN_RUN=$1" /proc/[0-9]*/environ | cut -d/ -f3; }
        exec > /dev/null 2>&1
        while read -r _; do :; done
        for signal in TERM INT KILL; do
          for moment in $(seq 40); do
            pids=$(marked "$1")
            [ -n "$pids" ] || exit 0
            [ "$moment" != 1 ] || kill "-$signal" $pids
            sleep 0.1
          done
        done
        """;

    public static string RunId { get; } = Guid.NewGuid().ToString("N");

    private static readonly Lazy<Process> Waiting = new(() => Start(RunId));

    public static void EnsureStarted() => _ = Waiting.Value;

    /// <summary>Ends what an orderly stop may have missed; done when nothing of this run is left.</summary>
    public static async Task FinishAsync()
    {
        if (Waiting.IsValueCreated) await CloseAsync(Waiting.Value);
    }

    /// <summary>Ends what is left of an earlier run.</summary>
    public static async Task SweepAsync(string runId)
    {
        using var sweep = Start(runId);
        await CloseAsync(sweep);
    }

    private static Process Start(string runId)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "llmoin-reaper", runId]) { RedirectStandardInput = true };
        start.Environment.Remove(Marker); // a runner inside another run (a test's) is reaped there, its own reaper must outlive it
        lock (ChildProcess.Forking) return Process.Start(start)!;
    }

    private static async Task CloseAsync(Process reaper)
    {
        reaper.StandardInput.Close();
        await reaper.WaitForExitAsync();
    }
}
