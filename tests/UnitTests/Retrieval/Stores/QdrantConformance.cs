using LLMoin.Retrieval.Index;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>The index in Qdrant, over HTTP, in a collection of its own.</summary>
public abstract class QdrantConformance : IndexConformance, IAsyncLifetime
{
    private protected QdrantParts Parts { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Parts = new QdrantParts(await UrlAsync(), Environment.GetEnvironmentVariable("LLMOIN_TEST_QDRANT_KEY"));
        await Parts.Store.PrepareAsync(TestContext.Current.CancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Parts is null)
            return;
        await Parts.Store.DropAsync(CancellationToken.None);
        await Parts.DisposeAsync();
    }

    private protected abstract Task<string> UrlAsync();

    private protected override Task AddAsync(string tenant, IndexedDocument document, float[][] vectors)
        => Parts.Store.WriteAsync(tenant, [document], vectors.Index().ToDictionary(vector => (document.Id, vector.Index), vector => vector.Item), CancellationToken.None);

    private protected override Task ShareAsync(string tenant, Guid id, string[] readers, Guid? collection)
        => Parts.Store.ShareAsync(tenant, [new IndexSource.Shared { Id = id, Readers = readers, CollectionId = collection }], CancellationToken.None);

    private protected override Task RemoveAsync(string tenant, Guid id) => Parts.Store.RemoveAsync(tenant, [id], CancellationToken.None);

    private protected override Task<Found> SearchAsync(string tenant, IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector)
        => Parts.Store.SearchAsync(tenant, principals, query, vector, CancellationToken.None);
}
