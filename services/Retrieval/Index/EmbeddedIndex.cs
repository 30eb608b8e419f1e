using System.Collections.Concurrent;
using LLMoin.Retrieval.Embeddings;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Index;

/// <summary>
/// The index inside this process: one per tenant, built from PostgreSQL at the first search, brought up to date before every
/// search, dropped when idle or when memory is short. Replicas need not know of each other.
/// </summary>
internal sealed partial class EmbeddedIndex : IChunkIndex, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TenantSlot> _tenants = new(StringComparer.Ordinal);
    private readonly IndexSource _source;
    private readonly RetrievalOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<EmbeddedIndex> _logger;
    private readonly ITimer _idle;
    private readonly CancellationToken _stopping;

    private readonly VectorStore _vectors;
    private readonly QueryModels _models;
    private readonly MissingVectors _missing;

    public EmbeddedIndex(
        TenantDatabase database, VectorStore vectors, QueryModels models, MissingVectors missing, IOptions<RetrievalOptions> options, TimeProvider clock,
        IHostApplicationLifetime lifetime, ILogger<EmbeddedIndex> logger)
    {
        (_vectors, _models, _missing) = (vectors, models, missing);
        _stopping = lifetime.ApplicationStopping;
        _source = new IndexSource(database);
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _idle = clock.CreateTimer(_ => DropIdle(), null, LookEvery, LookEvery);
    }

    public async Task<Found> SearchAsync(Caller caller, ChunkQuery query, CancellationToken cancellation)
    {
        // The model works while the index catches up.
        var embedding = _models.EmbedAsync(caller, query.Text, cancellation);
        var standing = await _source.StandingAsync(caller, cancellation);
        if (standing.Version == 0)
            return new Found([], SearchKind.Lexical, (await embedding).Reason ?? Found.NoVectors);
        var slot = await CaughtUpAsync(caller.Tenant, standing.Version, cancellation);
        var (vector, reason) = await embedding;
        var found = slot.Search(standing.Principals, query, vector);
        return found.Because(reason);
    }

    private async Task<TenantSlot> CaughtUpAsync(string tenant, long version, CancellationToken cancellation)
    {
        var slot = _tenants.GetOrAdd(tenant, name => new TenantSlot(name, _source, _vectors, _stopping));
        var isNew = slot.LastUsed == default;
        slot.LastUsed = _clock.GetUtcNow();
        var started = _clock.GetTimestamp();
        if (await slot.CatchUpAsync(version, cancellation) is > 0 and var documents)
        {
            LogCaughtUp(tenant, documents, _clock.GetElapsedTime(started).TotalMilliseconds, slot.Bytes);
            MakeRoom(slot);
        }

        if (isNew && _models.Embeds)
            await _missing.OrderAsync(tenant, cancellation);
        return slot;
    }

    public void Dispose()
    {
        _idle.Dispose();
        foreach (var slot in _tenants.Values)
            slot.Dispose();
    }

    private void DropIdle()
    {
        var limit = _clock.GetUtcNow() - TimeSpan.FromMinutes(_options.IndexIdleMinutes);
        var dropped = 0;
        foreach (var (tenant, slot) in _tenants)
        {
            if (slot.LastUsed < limit)
                dropped += Drop(tenant) ? 1 : 0;
        }

        // A process that nobody uses allocates nothing and so would never collect: give the memory back now.
        if (dropped > 0 && _tenants.IsEmpty)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    /// <summary>The index just used stays, even where it alone is over the limit: a tenant's size is bounded at upload.</summary>
    private void MakeRoom(TenantSlot used)
    {
        var bytes = _tenants.Values.Sum(slot => slot.Bytes);
        foreach (var (tenant, slot) in _tenants.Where(entry => entry.Value != used).OrderBy(entry => entry.Value.LastUsed))
        {
            if (bytes <= _options.IndexMegabytes * 1_000_000L)
                return;
            bytes -= slot.Bytes;
            Drop(tenant);
        }
    }

    /// <summary>Searches under way keep the slot they hold, so it is left to the garbage collector.</summary>
    private bool Drop(string tenant)
    {
        if (!_tenants.TryRemove(tenant, out var slot))
            return false;
        LogDropped(tenant, slot.Bytes);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Index of {Tenant} read {Documents} documents in {Milliseconds:F0} ms, {Bytes} bytes")]
    private partial void LogCaughtUp(string tenant, int documents, double milliseconds, long bytes);

    [LoggerMessage(LogLevel.Information, "Index of {Tenant} left memory, {Bytes} bytes")]
    private partial void LogDropped(string tenant, long bytes);
}
