using System.Collections.Concurrent;
using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Qdrant.Api;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// Brings a tenant's points to where the database is. How far they are stands beside them in Qdrant, so what Qdrant loses is written
/// again; a lock in PostgreSQL lets one replica at a time write a tenant's points, so nothing older replaces what is newer.
/// </summary>
internal sealed partial class CatchUp(
    TenantDatabase database, IndexSource source, VectorStore vectors, QdrantStore store, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<CatchUp> logger) : IDisposable
{
    private const int DocumentsPerStep = 50;
    private const int MostSteps = 4;

    /// <summary>Searches of one tenant wait here instead of each holding a connection to wait for the lock.</summary>
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>A step holds a connection while it reads over another: many at once would wait for each other's.</summary>
    private readonly SemaphoreSlim _steps = new(MostSteps, MostSteps);

    /// <summary>
    /// Returns when everything up to <paramref name="version"/> can be found. A caller that gives up does not end the work.
    /// </summary>
    /// <param name="tenant">Whose points.</param>
    /// <param name="version">Of the tenant's changes.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="done">Told how many documents each step took.</param>
    /// <exception cref="QdrantException">Qdrant cannot be asked.</exception>
    public async Task<Progress> ReachAsync(string tenant, long version, CancellationToken cancellation, Action<int>? done = null)
    {
        var progress = await store.ProgressAsync(tenant, cancellation);
        return progress.Version >= version
            ? progress
            : await Task.Run(() => FollowAsync(tenant, version, done ?? (_ => { }), lifetime.ApplicationStopping), CancellationToken.None).WaitAsync(cancellation);
    }

    public void Dispose()
    {
        _steps.Dispose();
        foreach (var turn in _turns.Values)
            turn.Dispose();
    }

    private async Task<Progress> FollowAsync(string tenant, long version, Action<int> done, CancellationToken cancellation)
    {
        var turn = _turns.GetOrAdd(tenant, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        try
        {
            var started = clock.GetTimestamp();
            var documents = 0;
            await store.PrepareAsync(cancellation);
            while (true)
            {
                var (progress, count) = await StepAsync(tenant, version, cancellation);
                documents += count;
                done(count);
                if (progress.Version < version)
                    continue;
                if (documents > 0)
                    LogFollowed(tenant, documents, clock.GetElapsedTime(started).TotalMilliseconds);
                return progress;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(Progress Progress, int Documents)> StepAsync(string tenant, long version, CancellationToken cancellation)
    {
        await _steps.WaitAsync(cancellation);
        try
        {
            return await StepAloneAsync(tenant, version, cancellation);
        }
        finally
        {
            _steps.Release();
        }
    }

    private async Task<(Progress Progress, int Documents)> StepAloneAsync(string tenant, long version, CancellationToken cancellation)
    {
        await using var alone = await database.BeginAsync(tenant, "", cancellation);
        await alone.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('qdrant ' || @tenant, 0))", new { tenant }, cancellation);
        var known = await store.ProgressAsync(tenant, cancellation);
        if (known.Version >= version)
            return (known, 0);
        var changes = await source.NextChangesAsync(tenant, known.Version, DocumentsPerStep, cancellation);
        var hasVectors = await ApplyAsync(tenant, known, changes, cancellation);

        // At the end of the changes nothing up to the version asked for is missing, whatever it was that it counted, and all texts are there.
        var last = changes.Count > 0 ? changes[^1].Version : known.Version;
        var isEnd = changes.Count < DocumentsPerStep;
        var reached = isEnd ? Math.Max(last, version) : last;
        var progress = new Progress(tenant, reached, isEnd ? reached : known.Texts, known.HasVectors || hasVectors);
        await store.SaveAsync(progress, cancellation);
        return (progress, changes.Count);
    }

    /// <returns>Whether there were vectors.</returns>
    private async Task<bool> ApplyAsync(string tenant, Progress known, IReadOnlyList<IndexSource.Change> changes, CancellationToken cancellation)
    {
        // What has only changed hands is not read again, else sharing a large collection would index it anew.
        var changed = changes.ToLookup(change => change.TextVersion > known.Texts, change => change.DocumentId);
        var documents = await source.LoadAsync(tenant, [.. changed[true]], cancellation);
        var shared = await source.ReadersAsync(tenant, [.. changed[false]], cancellation);
        var stored = await vectors.LoadAsync(tenant, [.. documents.Select(document => document.Id)], cancellation);

        // Who may no longer read first.
        await store.RemoveAsync(tenant, [.. changes.Select(change => change.DocumentId).Except(documents.Select(document => document.Id)).Except(shared.Select(document => document.Id))], cancellation);
        await store.ShareAsync(tenant, shared, cancellation);
        await store.WriteAsync(tenant, documents, stored.ToDictionary(passage => (passage.DocumentId, passage.Ordinal), passage => passage.Vector.ToArray()), cancellation);
        return stored.Count > 0;
    }

    [LoggerMessage(LogLevel.Information, "Qdrant took {Documents} changed documents of {Tenant} in {Milliseconds:F0} ms")]
    private partial void LogFollowed(string tenant, int documents, double milliseconds);
}
