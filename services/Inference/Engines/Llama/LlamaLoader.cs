using LLMoin.Contracts.Inference;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Llama.Native;
using LLMoin.Inference.Models;
using LLMoin.Inference.Scheduling;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>Starts llama.cpp when the first model is wanted, and brings models into memory.</summary>
internal sealed class LlamaLoader(IOptions<LlamaOptions> options, ILoggerFactory loggers)
{
    private const int BatchTokens = 512;

    /// <summary>Texts in one step of an embedding model.</summary>
    private const int EmbeddedAtOnce = 32;

    private LlamaRuntime? _runtime;
    private ComputePool? _pool;

    /// <summary>What it really computes on; null before <see cref="Start"/>.</summary>
    public string? Device => _runtime switch
    {
        null => null,
        { Device.IsGpu: true } => $"{_runtime.Backend}: {_runtime.Device.Description}",
        _ => $"cpu: {_runtime.Device.Description.Trim()}, {Threads} threads",
    };

    /// <summary>Bytes that models may take together.</summary>
    public long MemoryBudget => options.Value.MemoryMegabytes > 0
        ? options.Value.MemoryMegabytes * (1L << 20)
        : (_runtime?.Device is { IsGpu: true, TotalBytes: > 0 } gpu ? gpu.TotalBytes : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 5 * 4;

    private int Threads => options.Value.Threads > 0 ? Math.Min(options.Value.Threads, LlamaRuntime.Threads) : LlamaRuntime.Threads;

    /// <exception cref="LlamaException">llama.cpp does not start with the backend that was asked for.</exception>
    public void Start()
    {
        _runtime = LlamaRuntime.Start(Path.Combine(AppContext.BaseDirectory, "native"), options.Value.Backend, loggers.CreateLogger("LLMoin.Inference.Llama"));
        _pool = new ComputePool(Threads);
    }

    /// <param name="spec">A model whose file has been checked.</param>
    /// <param name="slots">Answers at once, if memory allows.</param>
    /// <param name="left">Bytes that are left of the budget.</param>
    /// <param name="cancellation">Ends the load.</param>
    /// <exception cref="EngineException">It does not fit, or has no usable chat template.</exception>
    /// <exception cref="LlamaException">llama.cpp refuses it.</exception>
    public ILoadedModel Load(ModelSpec spec, int slots, long left, CancellationToken cancellation)
    {
        var runtime = _runtime ?? throw new LlamaException("llama.cpp has not started.");
        var trained = spec.Header.ContextTokens > 0 ? spec.Header.ContextTokens : int.MaxValue;
        var context = Math.Min(spec.ContextTokens ?? options.Value.ContextTokens, trained);
        var plan = MemoryPlan.For(spec.Id, spec.Header, spec.Kind == ModelKind.Chat ? slots : 1, context, left);
        var model = LlamaModel.Load(spec.Path, runtime.Device.IsGpu ? options.Value.GpuLayers : 0, cancellation);
        try
        {
            return spec.Kind == ModelKind.Chat ? Chat(spec, model, plan) : Vectors(spec, model, plan);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private ChatModel Chat(ModelSpec spec, LlamaModel model, MemoryPlan plan)
    {
        if (options.Value.Reproducible && !model.ForgetsInPart)
            throw new EngineException($"The model '{spec.Id}' has a recurrent state, which cannot be computed reproducibly: set Inference:Llama:Reproducible to false.");
        var shape = new ContextShape(plan.Sequences, plan.ContextTokens, BatchTokens, Exact: options.Value.Reproducible);
        var scheduler = new ModelScheduler(
            model, new LlamaContext(model, shape, _pool!), options.Value.PrefixCacheMegabytes * (1L << 20), loggers.CreateLogger<ModelScheduler>());
        try
        {
            return new ChatModel(spec, model, scheduler, plan.Bytes);
        }
        catch
        {
            scheduler.Dispose();
            throw;
        }
    }

    private VectorModel Vectors(ModelSpec spec, LlamaModel model, MemoryPlan plan)
    {
        if (spec.Kind == ModelKind.Rerank && !spec.Header.HasRankLayer)
            throw new EngineException($"The file of the model '{spec.Id}' has no layer that ranks.");
        var shape = new ContextShape(
            EmbeddedAtOnce, plan.ContextTokens, plan.ContextTokens, spec.Kind == ModelKind.Rerank ? Pooling.Rank : Pooling.Unspecified, options.Value.Reproducible);
        var context = new LlamaContext(model, shape, _pool!);
        if (context.Pooling == Pooling.None)
        {
            // The file says nothing: the mean is what most embedding models were trained with.
            context.Dispose();
            context = new LlamaContext(model, shape with { Pooling = Pooling.Mean }, _pool!);
        }
        return new VectorModel(spec, model, new EmbeddingScheduler(model, context, loggers.CreateLogger<EmbeddingScheduler>()), plan.Bytes);
    }
}
