using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Models;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>Language, embedding and rank models on llama.cpp, several at once within a memory budget; they come and go while others work.</summary>
internal sealed partial class LlamaEngine(
    ModelStore store, LlamaLoader loader, IHostApplicationLifetime lifetime, IOptions<InferenceOptions> options, ILogger<LlamaEngine> logger)
    : BackgroundService, IEngine
{
    private readonly ConcurrentDictionary<string, Lease> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ModelLoading> _loading = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);
    private EngineMeter? _meter;
    private volatile bool _begun;

    public IReadOnlyList<ServedModel> Models => [.. _models.Values.Select(lease => lease.Model.Served)];

    public EngineStatus Status => new(loader.Device, _models.Values.Sum(lease => lease.Model.MemoryBytes), loader.MemoryBudget) { Loading = [.. _loading.Values] };

    /// <summary>All models of the configuration are there.</summary>
    public bool IsReady => _begun && _loading.IsEmpty;

    /// <summary>Null unless the configured models could not be loaded: then why.</summary>
    public string? Failure => _loading.Values.FirstOrDefault(loading => loading.State == ModelLoadingState.Failed)?.Reason;

    public async Task LoadAsync(string model, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var spec = Resolve(model);
            if (_models.ContainsKey(spec.Id))
                return;
            var left = loader.MemoryBudget - _models.Values.Sum(lease => lease.Model.MemoryBytes);
            _models[spec.Id] = new Lease(await Task.Run(() => loader.Load(spec, options.Value.Slots, left, cancellation), cancellation));
            LogLoaded(spec.Id, loader.Device);
        }
        catch (Exception refusal) when (refusal is LlamaException or ModelFileException)
        {
            throw new EngineException(refusal.Message);
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task UnloadAsync(string model, CancellationToken cancellation)
    {
        if (!_models.TryRemove(model, out var lease))
            throw new EngineException($"The model '{model}' is not loaded.");
        await lease.EndAsync(cancellation);
        LogUnloaded(model);
    }

    public int CountTokens(string model, string text) => Use(model, static (loaded, text) => loaded.CountTokens(text), text);

    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lease = Enter(request.Model);
        try
        {
            if (lease.Model is not ChatModel model)
                throw new EngineException($"The model '{request.Model}' writes no answers.");
            await using var pieces = model.GenerateAsync(request, cancellation).GetAsyncEnumerator(cancellation);
            while (await NextAsync(pieces))
                yield return pieces.Current;
        }
        finally
        {
            lease.Leave();
        }
    }

    public Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(string model, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => VectorsAsync(model, ModelKind.Embedding, vectors => vectors.EmbedAsync(inputs, cancellation));

    public Task<IReadOnlyList<float>> RerankAsync(string model, string query, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => VectorsAsync(model, ModelKind.Rerank, vectors => vectors.RerankAsync(query, inputs, cancellation));

    public override void Dispose()
    {
        base.Dispose();
        _meter?.Dispose();
        foreach (var lease in _models.Values)
            lease.Model.Dispose();
        _models.Clear();
        _changing.Dispose();
    }

    /// <summary>Loads what the configuration names, one after the other.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _meter = new EngineMeter(() => _models.Values.Select(lease => lease.Model).OfType<ChatModel>());
        foreach (var model in options.Value.Models)
            _loading[model] = new ModelLoading(model, ModelLoadingState.Loading);
        _begun = true;
        try
        {
            loader.Start();
        }
        catch (LlamaException refusal)
        {
            LogNotStarted(refusal.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
            return;
        }
        foreach (var model in options.Value.Models)
        {
            try
            {
                await LoadAsync(model, stoppingToken);
                _loading.TryRemove(model, out _);
            }
            catch (EngineException refusal)
            {
                _loading[model] = new ModelLoading(model, ModelLoadingState.Failed, refusal.Message);
                LogRefused(model, refusal.Message);
            }
        }
    }

    private ModelSpec Resolve(string model)
    {
        try
        {
            return store.Resolve(model);
        }
        catch (ModelFileException refusal)
        {
            throw new EngineException(refusal.Message);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<GeneratedPiece> pieces)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (LlamaException failure)
        {
            throw new EngineException(failure.Message);
        }
    }

    private async Task<T> VectorsAsync<T>(string model, ModelKind kind, Func<VectorModel, Task<T>> compute)
    {
        var lease = Enter(model);
        try
        {
            return lease.Model is VectorModel vectors && vectors.Served.Kind == kind
                ? await compute(vectors)
                : throw new EngineException($"The model '{model}' does not {(kind == ModelKind.Rerank ? "rerank" : "embed")}.");
        }
        catch (LlamaException failure)
        {
            throw new EngineException(failure.Message);
        }
        finally
        {
            lease.Leave();
        }
    }

    private TResult Use<TArgument, TResult>(string model, Func<ILoadedModel, TArgument, TResult> use, TArgument argument)
    {
        var lease = Enter(model);
        try
        {
            return use(lease.Model, argument);
        }
        finally
        {
            lease.Leave();
        }
    }

    private Lease Enter(string model)
        => _models.TryGetValue(model, out var lease) && lease.TryEnter() ? lease : throw new EngineException($"The model '{model}' is not loaded.");

    [LoggerMessage(LogLevel.Critical, "llama.cpp does not start: {Reason}")]
    private partial void LogNotStarted(string reason);

    [LoggerMessage(LogLevel.Information, "Model {Model} is loaded on {Device}")]
    private partial void LogLoaded(string model, string? device);

    [LoggerMessage(LogLevel.Information, "Model {Model} is unloaded")]
    private partial void LogUnloaded(string model);

    [LoggerMessage(LogLevel.Error, "Model {Model} is not loaded: {Reason}")]
    private partial void LogRefused(string model, string reason);
}
