using System.Runtime.InteropServices;

namespace LLMoin.ServiceDefaults;

/// <summary>
/// Its timestamps say how long the calling thread has computed, for limits on work that must not depend on how busy the machine is: a
/// thread that waits for a core uses up nothing. Take both timestamps on one thread. Where the system does not tell, it is an ordinary clock.
/// </summary>
public sealed partial class ThreadClock : TimeProvider
{
    // clock_gettime(2): CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThreadCpuTime = 3;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private ThreadClock()
    {
    }

    public static ThreadClock Instance { get; } = new();

    public override long TimestampFrequency => OperatingSystem.IsLinux() ? NanosecondsPerSecond : base.TimestampFrequency;

    public override long GetTimestamp()
    {
        if (!OperatingSystem.IsLinux())
            return base.GetTimestamp();
        if (GetTime(ThreadCpuTime, out var time) != 0)
            throw new InvalidOperationException("The system does not say how long a thread has computed.");
        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
