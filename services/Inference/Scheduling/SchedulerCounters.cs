using System.Diagnostics;

namespace LLMoin.Inference.Scheduling;

/// <summary>What a scheduler has done since it began; written by its thread, read by any.</summary>
internal sealed class SchedulerCounters
{
    private long _promptTokens;
    private long _reusedTokens;
    private long _readTokens;
    private long _writtenTokens;
    private long _steps;
    private long _computeTicks;
    private long _writingSteps;
    private long _writingTicks;
    private long _busyTicks;

    /// <summary>Tokens of all prompts.</summary>
    public long PromptTokens => Volatile.Read(ref _promptTokens);

    /// <summary>Of these, tokens that some KV cache held already.</summary>
    public long ReusedTokens => Volatile.Read(ref _reusedTokens);

    /// <summary>Tokens of prompts that were computed.</summary>
    public long ReadTokens => Volatile.Read(ref _readTokens);

    public long WrittenTokens => Volatile.Read(ref _writtenTokens);

    public long Steps => Volatile.Read(ref _steps);

    /// <summary>Time in llama.cpp.</summary>
    public TimeSpan Compute => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _computeTicks));

    /// <summary>Steps that wrote tokens of answers.</summary>
    public long WritingSteps => Volatile.Read(ref _writingSteps);

    /// <summary>Time in llama.cpp of <see cref="WritingSteps"/>; the rest of <see cref="Compute"/> went into reading prompts.</summary>
    public TimeSpan WritingCompute => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _writingTicks));

    /// <summary>Time with at least one answer at hand; what exceeds <see cref="Compute"/> is this scheduler's own work.</summary>
    public TimeSpan Busy => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _busyTicks));

    internal void Admitted(int prompt, int reused)
    {
        Interlocked.Add(ref _promptTokens, prompt);
        Interlocked.Add(ref _reusedTokens, reused);
    }

    internal void Shared(int tokens) => Interlocked.Add(ref _reusedTokens, tokens);

    internal void Stepped(int read, int wrote, long ticks)
    {
        Interlocked.Add(ref _readTokens, read);
        Interlocked.Add(ref _writtenTokens, wrote);
        Interlocked.Increment(ref _steps);
        Interlocked.Add(ref _computeTicks, ticks);
        if (wrote == 0)
            return;
        Interlocked.Increment(ref _writingSteps);
        Interlocked.Add(ref _writingTicks, ticks);
    }

    internal void Worked(long ticks) => Interlocked.Add(ref _busyTicks, ticks);
}
