using System.Collections.Concurrent;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Models;

/// <summary>The models that workers announce, as this chat instance heard it.</summary>
internal sealed class ModelCatalog(Broadcasts broadcasts, IOptions<ChatOptions> options, TimeProvider clock) : BackgroundService
{
    /// <summary>Announcements come every second; after this long without one a worker is gone.</summary>
    private static readonly TimeSpan Served = TimeSpan.FromSeconds(5);

    /// <summary>A model whose workers are gone is still known for this long, so that a restart is a wait and not an unknown model.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, WorkerSeen> _workers = new(StringComparer.Ordinal);

    /// <summary>What this tenant may use, known or being served, by id.</summary>
    public IReadOnlyList<ServedModel> For(string tenant)
        => [.. Seen(Known).Where(model => Allowed(model.Id, tenant)).DistinctBy(model => model.Id).OrderBy(model => model.Id, StringComparer.Ordinal)];

    /// <summary>Null where the tenant has no such model of that kind.</summary>
    public ServedModel? Find(string tenant, string id, ModelKind kind)
        => For(tenant).FirstOrDefault(model => model.Id == id && model.Kind == kind)
           ?? (kind == ModelKind.Chat && id == options.Value.FallbackModel ? new ServedModel(id, kind, "llmoin", 0) : null);

    /// <summary>By which tariffs price its tokens; null where it has none or is not known.</summary>
    public string? PriceClassOf(string id) => Seen(Known).FirstOrDefault(model => model.Id == id)?.PriceClass;

    /// <summary>Workers as they announced themselves last, by id, those gone for less than a quarter of an hour too.</summary>
    public IReadOnlyList<WorkerSeen> Workers
        => [.. _workers.Values.Where(worker => Age(worker) < Known).OrderBy(worker => worker.Announced.WorkerId, StringComparer.Ordinal)];

    public bool IsAlive(WorkerSeen worker) => Age(worker) < Served;

    public bool IsServed(string id) => Seen(Served).Any(model => model.Id == id);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => broadcasts.SubscribeAsync(ContractJson.Default.ModelsAnnounced, Note, stoppingToken);

    private void Note(ModelsAnnounced announced)
    {
        _workers[announced.WorkerId] = new WorkerSeen(announced, clock.GetUtcNow());
        foreach (var (id, worker) in _workers)
            if (Age(worker) > Known)
                _workers.TryRemove(id, out _);
    }

    private IEnumerable<ServedModel> Seen(TimeSpan within)
        => _workers.Values.Where(worker => Age(worker) < within).SelectMany(worker => worker.Announced.Models);

    /// <summary>Whoever says goodbye counts as gone at once.</summary>
    private TimeSpan Age(WorkerSeen worker) => clock.GetUtcNow() - worker.SeenAt + (worker.Announced.Leaving ? Served : TimeSpan.Zero);

    private bool Allowed(string model, string tenant)
        => !options.Value.ModelTenants.TryGetValue(model, out var tenants) || tenants.Contains(tenant, StringComparer.Ordinal);
}

/// <param name="Announced">What the worker said last.</param>
/// <param name="SeenAt">When.</param>
internal sealed record WorkerSeen(ModelsAnnounced Announced, DateTimeOffset SeenAt);
