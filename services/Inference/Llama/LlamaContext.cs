using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <param name="Sequences">Texts that are read or written at once, each with a KV cache of its own (split KV).</param>
/// <param name="TokensPerSequence">Longest text.</param>
/// <param name="Batch">Most tokens in one step.</param>
/// <param name="Pooling">For embeddings and scores; null for generation.</param>
/// <param name="Exact">
/// Without flash attention, whose sums depend on what else is in the batch. Then a row's numbers are the same to the last bit in each step
/// that has at least two rows of each sequence (CPU, weights in Q8_0).
/// </param>
internal sealed record ContextShape(int Sequences, int TokensPerSequence, int Batch, Pooling? Pooling = null, bool Exact = false);

/// <summary>
/// A model's working memory: KV caches of a number of sequences, and the steps that fill them. Not safe for use by two threads at once.
/// Every call checks its input first, as llama.cpp's own checks end the process.
/// </summary>
internal sealed unsafe class LlamaContext : IDisposable
{
    private readonly ContextHandle _handle;
    private readonly ComputePool _pool;
    private readonly ContextShape _shape;
    private readonly nint _memory;
    private readonly int _vocabularySize;

    /// <exception cref="LlamaException">There is not memory enough, or the model cannot be used in this way.</exception>
    public LlamaContext(LlamaModel model, ContextShape shape, ComputePool pool)
    {
        LlamaLog.ForgetErrors();
        var parameters = LlamaNative.llama_context_default_params();
        parameters.MaxSequences = (uint)shape.Sequences;
        parameters.Context = (uint)(shape.Sequences * shape.TokensPerSequence);
        parameters.Batch = (uint)shape.Batch;
        parameters.MicroBatch = (uint)(shape.Pooling is null ? Math.Min(shape.Batch, 512) : shape.Batch);
        parameters.Threads = parameters.BatchThreads = pool.Threads;
        parameters.NoPerformance = 1;
        if (shape.Exact)
            parameters.FlashAttention = 0;
        if (shape.Pooling is { } pooling)
        {
            parameters.Embeddings = 1;
            parameters.PoolingType = (int)pooling;
            parameters.Context = (uint)shape.Batch;
            parameters.UnifiedKv = 1;
        }
        var context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        if (context == 0)
            throw new LlamaException($"A context of {shape.Sequences} × {shape.TokensPerSequence} tokens cannot be made: {LlamaLog.Errors()}.");
        _handle = new ContextHandle(context, model.Handle);
        _pool = pool;
        _shape = shape;
        pool.Attach(_handle);
        _memory = LlamaNative.llama_get_memory(_handle);
        _vocabularySize = model.Vocabulary.Size;
        Sequences = shape.Sequences;
        TokensPerSequence = shape.Pooling is null ? (int)LlamaNative.llama_n_ctx_seq(_handle) : shape.Batch;
        BatchSize = (int)LlamaNative.llama_n_batch(_handle);
        Dimensions = model.Dimensions;
    }

    public int Sequences { get; }

    /// <summary>As llama.cpp has rounded it.</summary>
    public int TokensPerSequence { get; }

    public int BatchSize { get; }

    /// <inheritdoc cref="ContextShape" path="/param[@name='Exact']"/>
    public bool IsExact => _shape.Exact;

    /// <summary>How this model makes one vector of many; <see cref="Native.Pooling.None"/> where it cannot.</summary>
    public Pooling Pooling => (Pooling)LlamaNative.llama_pooling_type(_handle);

    private int Dimensions { get; }

    /// <summary>Computes a batch.</summary>
    /// <returns>False when the KV cache has no room for it; nothing has changed then.</returns>
    /// <exception cref="LlamaException">The step failed otherwise; what the sequences of the batch hold is undefined.</exception>
    public bool Decode(TokenBatch batch)
    {
        if (batch.Count == 0 || batch.Count > BatchSize)
            throw new LlamaException($"A step of {batch.Count} tokens; the context takes 1 to {BatchSize}.");
        _pool.Turn.Enter(background: _shape.Pooling is not null);
        int code;
        try
        {
            code = LlamaNative.llama_decode(_handle, batch.View());
        }
        finally
        {
            _pool.Turn.Exit();
        }
        return code switch
        {
            0 => true,
            1 => false,
            _ => throw new LlamaException($"A step of {batch.Count} tokens failed with code {code}."),
        };
    }

    /// <summary>The logits of a row of the last batch that was marked for output; valid until the next step, and free to be changed.</summary>
    public Span<float> Logits(int row)
    {
        var logits = LlamaNative.llama_get_logits_ith(_handle, row);
        return logits is not null ? new Span<float>(logits, _vocabularySize) : throw new LlamaException($"Row {row} of the batch has no logits.");
    }

    /// <summary>The pooled vector of a sequence of the last batch; of a rank model the one number that it gives.</summary>
    public ReadOnlySpan<float> Pooled(int sequence)
    {
        var vector = LlamaNative.llama_get_embeddings_seq(_handle, sequence);
        return vector is not null ? new ReadOnlySpan<float>(vector, Pooling == Native.Pooling.Rank ? 1 : Dimensions) : throw new LlamaException("The model gave no vector.");
    }

    /// <summary>Forgets a sequence from a position on.</summary>
    /// <returns>False where this kind of model cannot forget a part; then all of it is forgotten.</returns>
    public bool Truncate(int sequence, int from)
    {
        Check(sequence);
        if (LlamaNative.llama_memory_seq_rm(_memory, sequence, from, -1) != 0)
            return true;
        LlamaNative.llama_memory_seq_rm(_memory, sequence, -1, -1);
        return false;
    }

    /// <summary>Makes a sequence hold what another holds. Only whole ones can be copied with split KV: a part ends the process.</summary>
    public void Copy(int source, int target)
    {
        Check(source);
        Check(target);
        LlamaNative.llama_memory_seq_rm(_memory, target, -1, -1);
        LlamaNative.llama_memory_seq_cp(_memory, source, target, -1, -1);
    }

    public void Clear()
    {
        if (_memory != 0)
            LlamaNative.llama_memory_clear(_memory, 0);
    }

    /// <summary>Tokens that a sequence holds.</summary>
    public int Length(int sequence)
    {
        Check(sequence);
        return LlamaNative.llama_memory_seq_pos_max(_memory, sequence) + 1;
    }

    /// <summary>Size of what <see cref="Save"/> gives.</summary>
    public long StateBytes(int sequence)
    {
        Check(sequence);
        return (long)LlamaNative.llama_state_seq_get_size(_handle, sequence);
    }

    /// <summary>What a sequence holds, to be put back later, in this or another sequence. The caller owns it.</summary>
    public SavedState Save(int sequence)
    {
        var state = new SavedState(StateBytes(sequence));
        _ = LlamaNative.llama_state_seq_get_data(_handle, state.Pointer, (nuint)state.Bytes, sequence);
        return state;
    }

    /// <returns>False when it could not be put back; the sequence is empty then.</returns>
    public bool Restore(int sequence, SavedState state)
    {
        Check(sequence);
        LlamaNative.llama_memory_seq_rm(_memory, sequence, -1, -1);
        if (LlamaNative.llama_state_seq_set_data(_handle, state.Pointer, (nuint)state.Bytes, sequence) != 0)
            return true;
        LlamaNative.llama_memory_seq_rm(_memory, sequence, -1, -1);
        return false;
    }

    public void Dispose() => _handle.Dispose();

    private void Check(int sequence)
    {
        if ((uint)sequence >= (uint)Sequences)
            throw new LlamaException($"There is no sequence {sequence}.");
    }
}
