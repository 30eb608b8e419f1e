using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Qdrant;

internal static class QdrantSetup
{
    /// <summary>The index that <c>Retrieval:Store</c> names. Nothing of Qdrant is asked or checked where it is not the one.</summary>
    public static void AddIndex(this WebApplicationBuilder builder)
    {
        if (StoreOf(builder.Configuration) == IndexStore.Embedded)
        {
            builder.Services.AddSingleton<IChunkIndex, EmbeddedIndex>();
            return;
        }

        builder.AddQdrant();
        builder.Services.AddSingleton<IChunkIndex, QdrantIndex>();
        builder.Services.AddHealthChecks().AddCheck<QdrantHealth>("qdrant");
    }

    public static IndexStore StoreOf(IConfiguration configuration) => configuration.GetSection("Retrieval").GetValue<IndexStore>(nameof(RetrievalOptions.Store));

    public static void AddQdrant(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<QdrantOptions>(QdrantOptions.Section)
            .Validate<IOptions<EmbeddingOptions>>(
                (qdrant, embeddings) => embeddings.Value.Model is null || qdrant.Dimensions is not null,
                $"{QdrantOptions.Section}:{nameof(QdrantOptions.Dimensions)} is missing: how many numbers a vector of {EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Model)} has.");
        // Each attempt has its limit; one over all of them would cut repetitions short.
        builder.Services.AddHttpClient(QdrantRequests.Client, client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<QdrantRequests>();
        builder.Services.AddSingleton<QdrantCollection>();
        builder.Services.AddSingleton<QdrantClient>();
        builder.Services.AddSingleton<QdrantStore>();
        builder.Services.AddSingleton<IndexSource>();
        builder.Services.AddSingleton<CatchUp>();
    }
}
