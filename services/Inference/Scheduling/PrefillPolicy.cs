namespace LLMoin.Inference.Scheduling;

/// <summary>
/// How many tokens of whose prompt are read in the next step. Writing goes first; reading fills the rest, in chunks that the readers of
/// other answers do not notice as a pause (Sarathi-Serve, Agrawal et al. 2024, arXiv:2403.02310).
/// </summary>
internal sealed class PrefillPolicy(int batchSize)
{
    /// <summary>How long a chunk may hold up answers that are being written.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int SmallestChunk = 64;
    private const int LargestChunk = 512;

    /// <summary>The task that has waited longest gets this part of each chunk, the shortest ones the rest, so that neither starves.</summary>
    private const int OldestShare = 4;

    private double _secondsPerToken;

    /// <summary>Tokens of prompts for the next step, beside those of <paramref name="writing"/> answers.</summary>
    public int Budget(int writing)
    {
        if (writing == 0)
            return batchSize;
        var chunk = _secondsPerToken > 0 ? (int)(Pause.TotalSeconds / _secondsPerToken) : LargestChunk;
        return Math.Min(Math.Clamp(chunk, SmallestChunk, LargestChunk), batchSize - writing);
    }

    /// <summary>Learns from a step how long reading takes.</summary>
    public void Learn(int read, int wrote, TimeSpan took)
    {
        if (read < SmallestChunk / 2 || read < wrote)
            return;
        var seconds = took.TotalSeconds / (read + wrote);
        _secondsPerToken = _secondsPerToken == 0 ? seconds : 0.8 * _secondsPerToken + 0.2 * seconds;
    }

    /// <summary>Shares a budget out among tasks in order of arrival; what each gets is given to <paramref name="assign"/>.</summary>
    /// <remarks>Interactive ones first; batch work reads only what is left.</remarks>
    public static void Share(int budget, List<GenerationTask> reading, Action<GenerationTask, int> assign)
    {
        foreach (var batch in (ReadOnlySpan<bool>)[false, true])
        {
            var oldest = reading.Find(task => task.Batch == batch);
            if (oldest is null || budget == 0)
                continue;
            var forOldest = Math.Min(oldest.Ahead, Math.Max(1, budget / OldestShare));
            var rest = budget - forOldest;
            foreach (var task in reading.Where(task => task.Batch == batch && task != oldest).OrderBy(task => task.Ahead))
            {
                var tokens = Math.Min(task.Ahead, rest);
                if (tokens == 0)
                    break;
                assign(task, tokens);
                rest -= tokens;
            }
            var all = Math.Min(oldest.Ahead, forOldest + rest);
            assign(oldest, all);
            budget = forOldest + rest - all;
        }
    }
}
