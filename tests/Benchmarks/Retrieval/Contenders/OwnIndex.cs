using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>The service's own index.</summary>
internal sealed class OwnIndex() : Contender("LLMoin")
{
    private TenantIndex _index = new();
    private Dictionary<Guid, int> _numbers = [];

    public long Bytes => _index.Bytes;

    public override Task BuildAsync(IReadOnlyList<IndexedDocument> documents)
    {
        _index = new TenantIndex();
        _numbers = new Dictionary<Guid, int>(documents.Count);
        foreach (var document in documents)
        {
            _numbers[document.Id] = _numbers.Count;
            _index.Add(document);
        }

        return Task.CompletedTask;
    }

    /// <returns>The score of the first passage; 0 where there is none.</returns>
    public float BestScore(string query) => _index.Search(["tenant"], new ChunkQuery(query, 1)) is [var first, ..] ? first.Score : 0;

    public override ValueTask<IReadOnlyList<Place>> SearchAsync(string query)
        => ValueTask.FromResult<IReadOnlyList<Place>>([.. _index.Search([Principals.Tenant], new ChunkQuery(query, 10, null)).Select(hit => new Place(_numbers[hit.DocumentId], hit.Ordinal))]);
}
