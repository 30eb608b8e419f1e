using LLMoin.Retrieval.Embeddings;

namespace LLMoin.Retrieval.Index;

/// <summary>One tenant's index in this process, and how far it has followed the database.</summary>
/// <param name="tenant">Whose it is.</param>
/// <param name="source">Where it reads.</param>
/// <param name="vectors">Where it reads vectors.</param>
/// <param name="stopping">Ends a catching up that nobody waits for any more.</param>
internal sealed class TenantSlot(string tenant, IndexSource source, VectorStore vectors, CancellationToken stopping) : IDisposable
{
    private const int DocumentsPerRead = 50;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _catchingUp = new(1, 1);
    private TenantIndex _index = new();
    private long _version;

    /// <summary>The version that the last reading of texts was finished with: all texts as of then are in the index.</summary>
    private long _texts;

    /// <summary>The version up to which all vectors are in the index.</summary>
    private long _vectorVersion;

    public DateTimeOffset LastUsed { get; set; }

    public long Bytes => Volatile.Read(ref _index).Bytes;

    /// <summary>
    /// Returns when everything up to <paramref name="version"/> can be found. A caller that gives up does not end the work: a large
    /// index would else start over with every impatient caller and never be there.
    /// </summary>
    /// <returns>Documents read on the way.</returns>
    public Task<int> CatchUpAsync(long version, CancellationToken cancellation)
        => Volatile.Read(ref _version) >= version ? Task.FromResult(0) : Task.Run(() => CatchUpAsync(version), stopping).WaitAsync(cancellation);

    public Found Search(IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector)
    {
        _lock.EnterReadLock();
        try
        {
            return _index.Search(principals, query, vector);
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
            var documents = await CatchUpAsync(fresh ? new TenantIndex() : _index, fresh ? 0 : _version, fresh ? 0 : _texts, stopping);
            // All vectors up to this version could be seen when the texts were read.
            await PlaceVectorsAsync(fresh ? version : _vectorVersion, stopping);
            _vectorVersion = version;
            Volatile.Write(ref _version, Math.Max(version, _version));
            return documents;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    private async Task<int> CatchUpAsync(TenantIndex index, long known, long texts, CancellationToken cancellation)
    {
        var changes = await source.ChangesAsync(tenant, known, cancellation);
        foreach (var batch in changes.Chunk(DocumentsPerRead))
        {
            // What has only changed hands is not read again, else sharing a large collection would index it anew.
            var changed = batch.ToLookup(change => change.TextVersion > texts, change => change.DocumentId);
            var documents = await source.LoadAsync(tenant, [.. changed[true]], cancellation);
            var stored = await vectors.LoadAsync(tenant, [.. changed[true]], cancellation);
            var shared = await source.ReadersAsync(tenant, [.. changed[false]], cancellation);
            var found = documents.Select(document => document.Id).Concat(shared.Select(document => document.Id)).ToHashSet();
            _lock.EnterWriteLock();
            try
            {
                foreach (var id in batch.Select(change => change.DocumentId).Except(found))
                    index.Remove(id);
                foreach (var document in documents)
                    index.Add(document);
                foreach (var passage in stored)
                    index.Place(passage.DocumentId, passage.Ordinal, passage.Vector);
                foreach (var document in shared)
                    index.Share(document.Id, document.Readers, document.CollectionId);
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
            Volatile.Write(ref _version, _texts = changes[^1].Version);
        return changes.Count;
    }

    /// <summary>Vectors that came after their texts.</summary>
    private async Task PlaceVectorsAsync(long known, CancellationToken cancellation)
    {
        foreach (var batch in (await vectors.ChangedAsync(tenant, known, cancellation)).Chunk(DocumentsPerRead))
        {
            var stored = await vectors.LoadAsync(tenant, batch, cancellation);
            _lock.EnterWriteLock();
            try
            {
                foreach (var passage in stored)
                    _index.Place(passage.DocumentId, passage.Ordinal, passage.Vector);
            }
            finally
            {
                _lock.ExitWriteLock();
            }
        }
    }
}
