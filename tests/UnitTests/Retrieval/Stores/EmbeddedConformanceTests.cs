using LLMoin.Retrieval.Index;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>The index in memory.</summary>
public sealed class EmbeddedConformanceTests : IndexConformance
{
    private readonly Dictionary<string, TenantIndex> _tenants = [];

    private protected override Task AddAsync(string tenant, IndexedDocument document, float[][] vectors)
    {
        Of(tenant).Add(document);
        foreach (var (ordinal, vector) in vectors.Index())
            Of(tenant).Place(document.Id, ordinal, vector);
        return Task.CompletedTask;
    }

    private protected override Task ShareAsync(string tenant, Guid id, string[] readers, Guid? collection)
    {
        Of(tenant).Share(id, readers, collection);
        return Task.CompletedTask;
    }

    private protected override Task RemoveAsync(string tenant, Guid id)
    {
        Of(tenant).Remove(id);
        return Task.CompletedTask;
    }

    private protected override Task<Found> SearchAsync(string tenant, IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector)
        => Task.FromResult(Of(tenant).Search(principals, query, vector));

    private TenantIndex Of(string tenant) => _tenants.TryGetValue(tenant, out var index) ? index : _tenants[tenant] = new TenantIndex();
}
