namespace LLMoin.Inference.Scheduling;

/// <summary>
/// How many tokens of whose prompt are read next. Beside answers that are being written, prompts are read in chunks that their readers do
/// not notice as a pause (Sarathi-Serve, Agrawal et al. 2024, arXiv:2403.02310).
/// </summary>
internal sealed class PrefillPolicy(int batchSize)
{
    /// <summary>How long a chunk may hold up answers that are being written.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int SmallestChunk = 64;
    private const int LargestChunk = 512;

    /// <summary>Every so many chunks the prompt that has waited longest has its turn, else the one that is ready soonest: none starves.</summary>
    private const int OldestEvery = 4;

    private double _secondsPerToken;
    private int _chunks;

    /// <summary>Tokens of prompts to read before the next look at what has come or was stopped meanwhile.</summary>
    public int Budget(bool besideWriting) => besideWriting && _secondsPerToken > 0 ? Budget(Pause) : Math.Min(LargestChunk, batchSize);

    /// <summary>Tokens that are read in about this time.</summary>
    public int Budget(TimeSpan time)
    {
        var chunk = _secondsPerToken > 0 ? (int)(time.TotalSeconds / _secondsPerToken) : SmallestChunk;
        return Math.Min(Math.Clamp(chunk, SmallestChunk, LargestChunk), batchSize);
    }

    /// <summary>Learns how long reading takes.</summary>
    public void Learn(int read, TimeSpan took)
    {
        if (read < SmallestChunk / 2)
            return;
        var seconds = took.TotalSeconds / read;
        _secondsPerToken = _secondsPerToken == 0 ? seconds : 0.8 * _secondsPerToken + 0.2 * seconds;
    }

    /// <summary>Whose prompt is read next; batch work only when nobody else reads.</summary>
    /// <param name="reading">In order of arrival.</param>
    public GenerationTask? Next(List<GenerationTask> reading)
    {
        var oldestFirst = ++_chunks % OldestEvery == 0;
        GenerationTask? next = null;
        foreach (var task in reading)
            if (next is null || (next.Batch && !task.Batch) || (next.Batch == task.Batch && !oldestFirst && task.Ahead < next.Ahead))
                next = task;
        return next;
    }
}
