namespace LLMoin.Retrieval.Index;

/// <summary>One tenant's index in this process, and how far it has followed the database.</summary>
/// <param name="tenant">Whose it is.</param>
/// <param name="source">Where it reads.</param>
/// <param name="stopping">Ends a catching up that nobody waits for any more.</param>
internal sealed class TenantSlot(string tenant, IndexSource source, CancellationToken stopping) : IDisposable
{
    private const int DocumentsPerRead = 50;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _catchingUp = new(1, 1);
    private TenantIndex _index = new();
    private long _version;

    public DateTimeOffset LastUsed { get; set; }

    public long Bytes => Volatile.Read(ref _index).Bytes;

    /// <summary>
    /// Returns when everything up to <paramref name="version"/> can be found. A caller that gives up does not end the work: a large
    /// index would else start over with every impatient caller and never be there.
    /// </summary>
    /// <returns>Documents read on the way.</returns>
    public Task<int> CatchUpAsync(long version, CancellationToken cancellation)
        => Volatile.Read(ref _version) >= version ? Task.FromResult(0) : Task.Run(() => CatchUpAsync(version), stopping).WaitAsync(cancellation);

    public IReadOnlyList<ChunkHit> Search(string user, ChunkQuery query)
    {
        _lock.EnterReadLock();
        try
        {
            return _index.Search(user, query);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        _catchingUp.Dispose();
    }

    private async Task<int> CatchUpAsync(long version)
    {
        await _catchingUp.WaitAsync(stopping);
        try
        {
            if (_version >= version)
                return 0;
            var fresh = _version == 0 || _index.IsMostlyGone;
            return await CatchUpAsync(fresh ? new TenantIndex() : _index, fresh ? 0 : _version, stopping);
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    private async Task<int> CatchUpAsync(TenantIndex index, long known, CancellationToken cancellation)
    {
        var changes = await source.ChangesAsync(tenant, known, cancellation);
        foreach (var batch in changes.Chunk(DocumentsPerRead))
        {
            var ids = batch.Select(change => change.DocumentId).ToArray();
            var documents = await source.LoadAsync(tenant, ids, cancellation);
            _lock.EnterWriteLock();
            try
            {
                foreach (var id in ids.Except(documents.Select(document => document.Id)))
                    index.Remove(id);
                foreach (var document in documents)
                    index.Add(document);
                // A later change of one of them may have been read already; reading it again does no harm.
                if (index == _index)
                    Volatile.Write(ref _version, batch[^1].Version);
            }
            finally
            {
                _lock.ExitWriteLock();
            }
        }

        Volatile.Write(ref _index, index);
        if (changes.Count > 0)
            Volatile.Write(ref _version, changes[^1].Version);
        return changes.Count;
    }
}
