using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;

namespace LLMoin.Inference.Scheduling;

/// <summary>
/// Continuous batching (Orca, Yu et al., OSDI 2022): one thread that computes, in turn, the next token of all answers that are being
/// written and pieces of the prompts that are being read. Answers come and go between any two steps.
/// </summary>
internal sealed partial class ModelScheduler : IDisposable
{
    /// <summary>Out of rest, the first step waits this long for others that come at the same moment: they share it.</summary>
    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(2);

    /// <summary>Less common beginning than this is read again rather than waited for.</summary>
    private const int WorthWaiting = 64;

    private const int MostFailedSteps = 2;

    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly SavedPrefixes _saved;
    private readonly SequencePool _sequences;
    private readonly PrefillPolicy _prefill;
    private readonly Courtesy _courtesy = new(TimeProvider.System);
    private readonly TokenBatch _batch;
    private readonly Candidates _candidates = new();
    private readonly ConcurrentQueue<GenerationTask> _arrivals = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<GenerationTask> _waiting = [];
    private readonly List<GenerationTask> _active = [];
    private readonly List<GenerationTask> _reading = [];
    private readonly List<GenerationTask> _writing = [];
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <param name="model">Stays the caller's.</param>
    /// <param name="context">The scheduler's from now on.</param>
    /// <param name="savedBytes">Main memory for KV caches put aside.</param>
    /// <param name="logger">For failed steps.</param>
    public ModelScheduler(LlamaModel model, LlamaContext context, long savedBytes, ILogger logger)
    {
        _model = model;
        _context = context;
        _saved = new SavedPrefixes(savedBytes);
        _sequences = new SequencePool(context, _saved);
        _prefill = new PrefillPolicy(context.BatchSize);
        _batch = new TokenBatch(context.BatchSize, model.Vocabulary.Size);
        _logger = logger;
        _thread = new Thread(Run) { Name = "llama scheduler", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Longest prompt and answer together.</summary>
    public int ContextTokens => _context.TokensPerSequence;

    public SchedulerCounters Counters { get; } = new();

    /// <summary>Takes an answer in; its tokens come out of its <see cref="GenerationTask.Output"/>.</summary>
    /// <exception cref="LlamaException">The prompt is empty, too long, or has a token that is none.</exception>
    public void Start(GenerationTask task)
    {
        if (task.Prompt.Length == 0 || task.Prompt.Length >= ContextTokens)
            throw new LlamaException($"The prompt has {task.Prompt.Length} tokens; the model takes 1 to {ContextTokens - 1}.");
        foreach (var token in task.Prompt)
            if ((uint)token >= (uint)_model.Vocabulary.Size)
                throw new LlamaException($"There is no token {token}.");
        _arrivals.Enqueue(task);
        _wake.Set();
        if (_stopping)
            RefuseArrivals();
    }

    /// <summary>Ends all answers and gives the memory back.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _saved.Dispose();
        _context.Dispose();
        _batch.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                if (_active.Count == 0 && _waiting.Count == 0 && _arrivals.IsEmpty)
                {
                    _wake.WaitOne();
                    Thread.Sleep(Coalescing);
                    continue;
                }
                var started = Stopwatch.GetTimestamp();
                RemoveCancelled();
                Admit();
                Sort();
                if (_writing.Count > 0 && !_courtesy.PausesWriting(_active, _reading))
                    Write();
                Read();
                Counters.Worked(Stopwatch.GetTimestamp() - started);
            }
        }
        catch (Exception exception)
        {
            LogEnded(exception);
        }
        _stopping = true;
        RefuseArrivals();
        foreach (var task in _waiting.Concat(_active))
            Refuse(task);
    }

    private void Admit()
    {
        while (_arrivals.TryDequeue(out var task))
            _waiting.Add(task);
        for (var index = 0; index < _waiting.Count && _sequences.Free > 0;)
        {
            var task = _waiting[index];
            if (task.IsCancelled || !_sequences.TryGive(task))
            {
                index++;
                continue;
            }
            _waiting.RemoveAt(index);
            task.WaitsFor = ReadsTheSame(task);
            _active.Add(task);
            Counters.Admitted(task.Prompt.Length, task.Computed);
        }
    }

    /// <summary>Another task that is reading a longer common beginning than this one has.</summary>
    private (GenerationTask, int)? ReadsTheSame(GenerationTask task)
    {
        (GenerationTask, int)? best = null;
        var most = task.Computed + WorthWaiting;
        foreach (var other in _active)
        {
            if (other.Computed >= other.Prompt.Length || (other.Batch && !task.Batch))
                continue;
            var common = other.Prompt.AsSpan().CommonPrefixLength(task.Prompt.AsSpan(..^1));
            if (common >= most)
                (best, most) = ((other, common), common + 1);
        }
        return best;
    }

    private void RemoveCancelled()
    {
        for (var index = _waiting.Count - 1; index >= 0; index--)
            if (_waiting[index].IsCancelled)
            {
                Refuse(_waiting[index]);
                _waiting.RemoveAt(index);
            }
        for (var index = _active.Count - 1; index >= 0; index--)
            if (_active[index].IsCancelled)
                Leave(_active[index], new OperationCanceledException());
    }

    private void Sort()
    {
        _reading.Clear();
        _writing.Clear();
        foreach (var task in _active)
            if (task.IsWriting)
                _writing.Add(task);
            else if (!StillWaits(task))
                _reading.Add(task);
    }

    /// <summary>The next token of each answer that is being written.</summary>
    private void Write()
    {
        _batch.Clear();
        foreach (var task in _writing)
            Put(task, 1);
        Compute();
    }

    /// <summary>
    /// Pieces of prompts, each in a step of its own: llama.cpp cuts a batch into parts with equally many tokens of each sequence, and
    /// prompts of different lengths would end in many small parts.
    /// </summary>
    private void Read()
    {
        var budget = _prefill.Budget(_writing.Count > 0);
        while (budget > 0 && _prefill.Next(_reading) is { } task)
        {
            var tokens = Math.Min(task.Ahead, budget);
            _batch.Clear();
            Put(task, tokens);
            if (!Compute())
                return;
            budget -= tokens;
            if (task.Sequence is null || task.IsWriting)
                _reading.Remove(task);
        }
    }

    private bool StillWaits(GenerationTask task)
    {
        if (task.WaitsFor is not { } wait)
            return false;
        if (wait.Reader.Sequence is { } source && wait.Reader.Computed < wait.Tokens)
            return true;
        task.WaitsFor = null;
        if (wait.Reader.Sequence is { } read)
        {
            var before = task.Computed;
            _sequences.Take(task, read, wait.Tokens);
            Counters.Shared(task.Computed - before);
        }
        return false;
    }

    private void Put(GenerationTask task, int tokens)
    {
        for (var n = 0; n < tokens; n++)
        {
            var position = task.Computed + n;
            var last = position == task.Tokens.Count - 1;
            var row = _batch.Add(task.Tokens[position], position, task.Sequence!.Id, last);
            if (last)
                task.OutputRow = row;
        }
        task.Planned = tokens;
    }

    /// <returns>False when the step failed.</returns>
    private bool Compute()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (!_context.Decode(_batch))
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
        for (var index = _active.Count - 1; index >= 0; index--)
            if (_active[index].OutputRow >= 0)
                Choose(_active[index]);
        return true;
    }

    private void Account(long ticks)
    {
        var (read, wrote) = (0, 0);
        foreach (var task in _active)
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
        _prefill.Learn(read, Stopwatch.GetElapsedTime(0, ticks));
        Counters.Stepped(read, wrote, ticks);
    }

    private void Choose(GenerationTask task)
    {
        int token;
        var row = task.OutputRow;
        task.OutputRow = -1;
        try
        {
            token = task.Sampler.Next(_context.Logits(row), _candidates);
        }
        catch (LlamaException failure)
        {
            Leave(task, failure);
            return;
        }
        if (_model.Vocabulary.IsEnd(token))
        {
            Leave(task, Ending.Stop);
            return;
        }
        task.Emit(token);
        if (task.Tokens.Count - task.Prompt.Length >= task.MaxTokens || task.Tokens.Count >= ContextTokens)
            Leave(task, Ending.Length);
    }

    /// <summary>What the step's sequences hold is unknown now: they are computed anew, and who fails again is the one to blame.</summary>
    private void Retry(LlamaException failure)
    {
        for (var index = _active.Count - 1; index >= 0; index--)
        {
            var task = _active[index];
            if (task.Planned == 0)
                continue;
            task.Planned = 0;
            task.OutputRow = -1;
            _sequences.Forget(task);
            if (++task.FailedSteps >= MostFailedSteps)
                Leave(task, failure);
        }
    }

    /// <summary>No room in the KV cache, which split KV gives each sequence for itself; only models that share memory get here.</summary>
    private void MakeRoom()
    {
        _sequences.DropFree();
        var largest = _active.Where(task => task.Planned > 0).MaxBy(task => task.Tokens.Count)!;
        foreach (var task in _active)
            (task.Planned, task.OutputRow) = (0, -1);
        if (++largest.FailedSteps >= MostFailedSteps)
            Leave(largest, new LlamaException("The model's memory is full."));
    }

    private void Leave(GenerationTask task, Ending ending)
    {
        Remove(task);
        task.End(ending);
    }

    private void Leave(GenerationTask task, Exception failure)
    {
        Remove(task);
        task.Fail(failure);
    }

    private void Remove(GenerationTask task)
    {
        _active.Remove(task);
        _sequences.TakeBack(task);
        task.Dispose();
    }

    private void RefuseArrivals()
    {
        while (_arrivals.TryDequeue(out var task))
            Refuse(task);
    }

    private static void Refuse(GenerationTask task)
    {
        task.Fail(new OperationCanceledException());
        task.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "A step of {Tokens} tokens failed; its answers are computed anew")]
    private partial void LogStepFailed(Exception exception, int tokens);

    [LoggerMessage(LogLevel.Critical, "The scheduler has ended")]
    private partial void LogEnded(Exception exception);
}
