using System.Collections.Concurrent;
using System.Diagnostics;
using LLMoin.Inference.Llama;

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

    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly SavedPrefixes _saved;
    private readonly SequencePool _sequences;
    private readonly PrefillPolicy _prefill;
    private readonly Courtesy _courtesy = new(TimeProvider.System);
    private readonly Step _step;
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
        _logger = logger;
        _step = new Step(model.Vocabulary, context, _sequences, _active, _prefill, Counters, logger);
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
        _step.Dispose();
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
                var guest = Courtesy.Guest(_active, _reading);
                if (_courtesy.PausesWriting(guest))
                    Read(guest!, _prefill.Budget(Courtesy.LongestPause));
                else
                {
                    if (_writing.Count > 0)
                        Write();
                    Read(guest);
                }
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
                _step.Leave(_active[index], new OperationCanceledException());
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

    /// <summary>
    /// The next token of each answer that is being written. llama.cpp computes sequences with successive numbers together and each other
    /// run of them apart, which costs nearly as much as the whole: so they go in this order, and a prompt that lies between two answers
    /// goes along with its next token.
    /// </summary>
    private void Write()
    {
        _writing.Sort(static (one, other) => one.Sequence!.Id.CompareTo(other.Sequence!.Id));
        var (first, last) = (_writing[0].Sequence!.Id, _writing[^1].Sequence!.Id);
        foreach (var task in _reading)
            if (task.Ahead > 1 && task.Sequence!.Id > first && task.Sequence.Id < last)
                _writing.Add(task);
        _writing.Sort(static (one, other) => one.Sequence!.Id.CompareTo(other.Sequence!.Id));

        _step.Begin();
        foreach (var task in _writing)
            _step.Put(task, 1);
        _step.Compute();
    }

    /// <summary>
    /// Pieces of prompts, each in a step of its own: llama.cpp cuts a batch into parts with equally many tokens of each sequence, and
    /// prompts of different lengths would end in many small parts.
    /// </summary>
    private void Read(GenerationTask? first)
    {
        var budget = _prefill.Budget(_writing.Count > 0);
        while (budget > 0 && (first ?? _prefill.Next(_reading)) is { } task)
        {
            first = null;
            if (Read(task, budget) is not { } tokens)
                return;
            budget -= tokens;
            if (task.Sequence is null || task.IsWriting)
                _reading.Remove(task);
        }
    }

    /// <returns>Tokens read, at most <paramref name="most"/>; null when the step failed.</returns>
    private int? Read(GenerationTask task, int most)
    {
        var tokens = Math.Min(task.Ahead, most);
        _step.Begin();
        _step.Put(task, tokens);
        return _step.Compute() ? tokens : null;
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

    [LoggerMessage(LogLevel.Critical, "The scheduler has ended")]
    private partial void LogEnded(Exception exception);
}
