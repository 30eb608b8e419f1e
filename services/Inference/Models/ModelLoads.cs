using System.Collections.Concurrent;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Models;

/// <summary>Does what operators ask of this worker's models, and remembers what failed until it is asked anew.</summary>
internal sealed partial class ModelLoads(Broadcasts broadcasts, IEngine engine, IOptions<InferenceOptions> options, ILogger<ModelLoads> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ModelLoading> _asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _hears = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From its end on, nothing that is asked is missed.</summary>
    public Task Hears => _hears.Task;

    /// <summary>Models on their way or failed, the engine's own among them.</summary>
    public IReadOnlyList<ModelLoading> NotServed => [.. engine.Status.Loading.Concat(_asked.Values).DistinctBy(loading => loading.Model)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await broadcasts.SubscribeAsync(ContractJson.Default.ModelLoadRequested, asked =>
        {
            if (asked.WorkerId == options.Value.WorkerId)
                _ = LoadAsync(asked.Model, stoppingToken);
        }, stoppingToken);
        await broadcasts.SubscribeAsync(ContractJson.Default.ModelUnloadRequested, asked =>
        {
            if (asked.WorkerId == options.Value.WorkerId)
                _ = UnloadAsync(asked.Model, stoppingToken);
        }, stoppingToken);
        _hears.SetResult();
    }

    private async Task LoadAsync(string model, CancellationToken cancellation)
    {
        _asked[model] = new ModelLoading(model, ModelLoadingState.Loading);
        if (await TryAsync(() => engine.LoadAsync(model, cancellation), model) is { } reason)
            _asked[model] = new ModelLoading(model, ModelLoadingState.Failed, reason);
        else
            _asked.TryRemove(model, out _);
    }

    private async Task UnloadAsync(string model, CancellationToken cancellation)
    {
        _asked.TryRemove(model, out _);
        await TryAsync(() => engine.UnloadAsync(model, cancellation), model);
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private async Task<string?> TryAsync(Func<Task> change, string model)
    {
        try
        {
            // Off the thread that hears broadcasts: reading a model in takes minutes.
            await Task.Run(change);
            LogChanged(model);
            return null;
        }
        catch (EngineException refusal)
        {
            LogRefused(model, refusal.Message);
            return refusal.Message;
        }
        catch (Exception exception)
        {
            LogFailed(exception, model);
            return "The engine failed.";
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {Model} is loaded or unloaded as asked")]
    private partial void LogChanged(string model);

    [LoggerMessage(LogLevel.Warning, "Model {Model} stays as it is: {Reason}")]
    private partial void LogRefused(string model, string reason);

    [LoggerMessage(LogLevel.Error, "Model {Model} could not be loaded or unloaded")]
    private partial void LogFailed(Exception exception, string model);
}
