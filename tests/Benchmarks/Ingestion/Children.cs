using System.Runtime.InteropServices;

namespace LLMoin.Benchmarks.Ingestion;

/// <summary>What the ended children of this process have used (getrusage(2), RUSAGE_CHILDREN, on 64-bit Linux).</summary>
internal static partial class Children
{
    private const int Who = -1;

    /// <summary>struct rusage: user and system time in seconds and microseconds, ru_maxrss in KiB, then 13 more numbers.</summary>
    private const int Numbers = 18;

    /// <summary>The most memory that any one of them has had resident.</summary>
    public static double PeakMegabytes => Usage()[4] * 1024 / 1e6;

    /// <summary>CPU time of all together.</summary>
    public static double CpuSeconds
    {
        get
        {
            var usage = Usage();
            return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
        }
    }

    private static long[] Usage()
    {
        var usage = new long[Numbers];
        return GetUsage(Who, ref usage[0]) == 0 ? usage : throw new PlatformNotSupportedException("getrusage(2) does not answer.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, ref long usage);
}
