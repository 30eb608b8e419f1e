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

    public bool Serve(string model) => _seen.TryGetValue(model, out var seen) && clock.GetUtcNow() - seen.At < Fresh;

    /// <summary>As announced last; null where there is none.</summary>
    public string? PriceClassOf(string model) => _seen.GetValueOrDefault(model).PriceClass;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => broadcasts.SubscribeAsync(ContractJson.Default.ModelsAnnounced, Note, stoppingToken);

    private void Note(ModelsAnnounced announced)
    {
        foreach (var model in announced.Leaving ? [] : announced.Models)
            _seen[model.Id] = new Seen(clock.GetUtcNow(), model.PriceClass);
    }

    private readonly record struct Seen(DateTimeOffset At, string? PriceClass);
}
