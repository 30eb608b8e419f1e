using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Qdrant;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>What the service is made of where Qdrant is chosen, with an embedding model of two dimensions.</summary>
internal sealed class QdrantParts : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public QdrantParts(string url, string? key = null, TimeProvider? clock = null, TimeSpan? timeout = null, string? model = "sinn/klein")
    {
        Url = url;
        var options = new QdrantOptions { Url = url, ApiKey = key, Collection = "test-" + Guid.NewGuid().ToString("n"), Dimensions = 2, Timeout = timeout ?? TimeSpan.FromSeconds(10) };
        var services = new ServiceCollection();
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(Options.Create(new EmbeddingOptions { Model = model }));
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddHttpClient(QdrantRequests.Client);
        services.AddSingleton<QdrantRequests>().AddSingleton<QdrantCollection>().AddSingleton<QdrantClient>().AddSingleton<QdrantStore>();
        _services = services.BuildServiceProvider();
    }

    public string Url { get; }

    public QdrantStore Store => _services.GetRequiredService<QdrantStore>();

    public QdrantCollection Collection => _services.GetRequiredService<QdrantCollection>();

    public QdrantRequests Requests => _services.GetRequiredService<QdrantRequests>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
