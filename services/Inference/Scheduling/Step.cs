using System.Diagnostics;
using System.Runtime.InteropServices;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;

namespace LLMoin.Inference.Scheduling;

/// <summary>
/// One step at a time: tokens of tasks are put into a batch, computed together, and for each task that has all tokens behind it the next
/// one is chosen; who is done, or cannot go on, leaves.
/// </summary>
/// <param name="vocabulary">The model's.</param>
/// <param name="context">Where it is computed; stays the scheduler's.</param>
/// <param name="sequences">Take back what a task leaves.</param>
/// <param name="active">The tasks that have a sequence; who leaves is taken out.</param>
/// <param name="prefill">Learns how long reading takes.</param>
/// <param name="counters">Count what was computed.</param>
/// <param name="logger">For failed steps.</param>
internal sealed partial class Step(
    LlamaVocabulary vocabulary, LlamaContext context, SequencePool sequences, List<GenerationTask> active, PrefillPolicy prefill, SchedulerCounters counters,
    ILogger logger) : IDisposable
{
    private const int MostFailed = 2;

    private readonly TokenBatch _batch = new(context.BatchSize, vocabulary.Size);
    private readonly Candidates _candidates = new();
    private readonly ILogger _logger = logger;

    /// <summary>Nothing is put yet.</summary>
    public void Begin() => _batch.Clear();

    /// <summary>The task's next tokens go along.</summary>
    public void Put(GenerationTask task, int tokens)
    {
        for (var position = First(task, tokens); position < task.Computed + tokens; position++)
        {
            var last = position == task.Tokens.Count - 1;
            var row = _batch.Add(task.Tokens[position], position, task.Sequence!.Id, last);
            if (last)
                task.OutputRow = row;
        }
        task.Planned = tokens;
    }

    /// <summary>
    /// llama.cpp computes a lone row by another way than several at once, and their last bits differ. Where bits count, rows therefore go in
    /// pairs, if need be with the last computed token once more; then also the parts into which llama.cpp cuts a batch have no lone rows.
    /// </summary>
    private int First(GenerationTask task, int tokens)
    {
        if (!context.IsExact || tokens % 2 == 0 || task.Computed == 0)
            return task.Computed;
        context.Truncate(task.Sequence!.Id, task.Computed - 1);
        return task.Computed - 1;
    }

    /// <summary>Computes what was put, and chooses the next token where a task has all before it.</summary>
    /// <returns>False when the step failed.</returns>
    public bool Compute()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (!context.Decode(_batch))
            {
                MakeRoom();
                return false;
            }
        }
        catch (LlamaException failure)
        {
            LogStepFailed(failure, _batch.Count);
            Retry(failure);
            return false;
        }
        Account(Stopwatch.GetTimestamp() - started);
        for (var index = active.Count - 1; index >= 0; index--)
            if (active[index].OutputRow >= 0)
                Choose(active[index]);
        return true;
    }

    private void Account(long ticks)
    {
        var (read, wrote) = (0, 0);
        foreach (var task in active)
        {
            if (task.Planned == 0)
                continue;
            if (task.IsWriting)
                wrote++;
            else
                read += task.Planned;
            task.Sequence!.Append(CollectionsMarshal.AsSpan(task.Tokens).Slice(task.Computed, task.Planned));
            task.Computed += task.Planned;
            task.Planned = 0;
            task.FailedSteps = 0;
        }
        prefill.Learn(read, Stopwatch.GetElapsedTime(0, ticks));
        counters.Stepped(read, wrote, ticks);
    }

    private void Choose(GenerationTask task)
    {
        int token;
        var row = task.OutputRow;
        task.OutputRow = -1;
        try
        {
            token = task.Sampler.Next(context.Logits(row), _candidates);
        }
        catch (LlamaException failure)
        {
            Leave(task, failure);
            return;
        }
        if (vocabulary.IsEnd(token))
        {
            Leave(task, Ending.Stop);
            return;
        }
        task.Emit(token);
        if (task.Tokens.Count - task.Prompt.Length >= task.MaxTokens || task.Tokens.Count >= context.TokensPerSequence)
            Leave(task, Ending.Length);
    }

    /// <summary>What the step's sequences hold is unknown now: they are computed anew, and who fails again is the one to blame.</summary>
    private void Retry(LlamaException failure)
    {
        for (var index = active.Count - 1; index >= 0; index--)
        {
            var task = active[index];
            if (task.Planned == 0)
                continue;
            task.Planned = 0;
            task.OutputRow = -1;
            sequences.Forget(task);
            if (++task.FailedSteps >= MostFailed)
                Leave(task, failure);
        }
    }

    /// <summary>No room in the KV cache, which split KV gives each sequence for itself; only models that share memory get here.</summary>
    private void MakeRoom()
    {
        sequences.DropFree();
        var largest = active.Where(task => task.Planned > 0).MaxBy(task => task.Tokens.Count)!;
        foreach (var task in active)
        {
            if (context.IsExact && task.Planned > 0)
                sequences.Forget(task);
            (task.Planned, task.OutputRow) = (0, -1);
        }
        if (++largest.FailedSteps >= MostFailed)
            Leave(largest, new LlamaException("The model's memory is full."));
    }

    private void Leave(GenerationTask task, Ending ending)
    {
        Remove(task);
        task.End(ending);
    }

    /// <summary>The task ends without an answer; its sequence is free.</summary>
    public void Leave(GenerationTask task, Exception failure)
    {
        Remove(task);
        task.Fail(failure);
    }

    private void Remove(GenerationTask task)
    {
        active.Remove(task);
        sequences.TakeBack(task);
        task.Dispose();
    }

    public void Dispose() => _batch.Dispose();

    [LoggerMessage(LogLevel.Error, "A step of {Tokens} tokens failed; its answers are computed anew")]
    private partial void LogStepFailed(Exception exception, int tokens);
}
