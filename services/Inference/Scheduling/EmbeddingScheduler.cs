using System.Collections.Concurrent;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Scheduling;

/// <summary>
/// Computes one vector, or one score, for each text: texts of all requests that are there together share a step. Steps stay small, as
/// answers that are being written wait for them.
/// </summary>
internal sealed partial class EmbeddingScheduler : IDisposable
{
    /// <summary>A step is filled up to this; a longer text makes a step of its own.</summary>
    private const int StepTokens = 512;

    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly TokenBatch _batch;
    private readonly BlockingCollection<Text> _texts = [];
    private readonly List<Text> _step = [];
    private readonly ILogger _logger;
    private readonly Thread _thread;

    /// <param name="model">Stays the caller's.</param>
    /// <param name="context">A context with pooling; the scheduler's from now on.</param>
    /// <param name="logger">For failed steps.</param>
    public EmbeddingScheduler(LlamaModel model, LlamaContext context, ILogger logger)
    {
        _model = model;
        _context = context;
        _batch = new TokenBatch(context.BatchSize, model.Vocabulary.Size);
        _logger = logger;
        _thread = new Thread(Run) { Name = "llama embeddings", IsBackground = true };
        _thread.Start();
    }

    public Pooling Pooling => _context.Pooling;

    /// <summary>Longest text.</summary>
    public int ContextTokens => _context.BatchSize;

    /// <returns>The pooled vector as the model gives it, not normalised; of a rank model one number.</returns>
    /// <exception cref="LlamaException">The text is empty or too long.</exception>
    public Task<float[]> ComputeAsync(int[] tokens, CancellationToken cancellation)
    {
        if (tokens.Length == 0 || tokens.Length > ContextTokens)
            throw new LlamaException($"A text has {tokens.Length} tokens; the model takes 1 to {ContextTokens}.");
        var text = new Text(tokens, cancellation);
        try
        {
            _texts.Add(text, cancellation);
        }
        catch (InvalidOperationException)
        {
            text.Done.TrySetCanceled(CancellationToken.None);
        }
        return text.Done.Task;
    }

    public void Dispose()
    {
        _texts.CompleteAdding();
        _thread.Join();
        _context.Dispose();
        _batch.Dispose();
        _texts.Dispose();
    }

    private void Run()
    {
        Text? next = null;
        while (next is not null || _texts.TryTake(out next, Timeout.Infinite))
        {
            _step.Clear();
            _batch.Clear();
            do
            {
                if (next.Cancellation.IsCancellationRequested)
                    next.Done.TrySetCanceled(next.Cancellation);
                else
                    Put(next);
                next = _texts.TryTake(out var another) ? another : null;
            }
            while (next is not null && _step.Count < _context.Sequences && _batch.Count + next.Tokens.Length <= Math.Min(StepTokens, _context.BatchSize));
            if (_step.Count > 0)
                Compute();
        }
    }

    private void Put(Text text)
    {
        for (var position = 0; position < text.Tokens.Length; position++)
            _batch.Add(text.Tokens[position], position, _step.Count, output: true);
        _step.Add(text);
    }

    private void Compute()
    {
        try
        {
            _context.Clear();
            if (!_context.Decode(_batch))
                throw new LlamaException("The embedding model's memory is full.");
            for (var sequence = 0; sequence < _step.Count; sequence++)
                _step[sequence].Done.TrySetResult(_context.Pooled(sequence).ToArray());
        }
        catch (LlamaException failure)
        {
            LogStepFailed(failure, _batch.Count);
            foreach (var text in _step)
                text.Done.TrySetException(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A step of {Tokens} tokens failed")]
    private partial void LogStepFailed(Exception exception, int tokens);

    private sealed record Text(int[] Tokens, CancellationToken Cancellation)
    {
        public TaskCompletionSource<float[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
