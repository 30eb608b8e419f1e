using System.Collections.Concurrent;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Streams;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>Which models some worker serves now, as workers announce every second.</summary>
internal sealed class ServedModels(Broadcasts broadcasts, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _announced = new(StringComparer.Ordinal);

    public bool Serve(string model) => _seen.TryGetValue(model, out var seen) && clock.GetUtcNow() - seen.At < Fresh;

    /// <summary>Waits until the model has been announced to this process; its price class is not known before.</summary>
    /// <exception cref="ModelCallException">Nobody announced it within the limit.</exception>
    public async Task AnnouncedAsync(string model, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await Announced(model).Task.WaitAsync(limit, clock, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ModelCallException(ModelCallException.NotServed);
        }
    }

    /// <summary>As announced last; null where there is none.</summary>
    public string? PriceClassOf(string model) => _seen.GetValueOrDefault(model).PriceClass;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => broadcasts.SubscribeAsync(ContractJson.Default.ModelsAnnounced, Note, stoppingToken);

    private void Note(ModelsAnnounced announced)
    {
        foreach (var model in announced.Leaving ? [] : announced.Models)
        {
            _seen[model.Id] = new Seen(clock.GetUtcNow(), model.PriceClass);
            Announced(model.Id).TrySetResult();
        }
    }

    private TaskCompletionSource Announced(string model)
        => _announced.GetOrAdd(model, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private readonly record struct Seen(DateTimeOffset At, string? PriceClass);
}
