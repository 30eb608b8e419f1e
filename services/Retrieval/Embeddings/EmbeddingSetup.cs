using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults;

namespace LLMoin.Retrieval.Embeddings;

internal static class EmbeddingSetup
{
    /// <summary>Search by meaning, beside the one by words. Nothing of it listens or connects where no model is configured.</summary>
    public static void AddEmbeddings(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddValidatedOptions<EmbeddingOptions>(EmbeddingOptions.Section);
        services.AddSingleton<VectorStore>();
        services.AddSingleton<MissingVectors>();
        services.AddSingleton<QueryModels>();
        services.AddSingleton<Searches.Reranking>();
        services.AddTransient<PassageEmbedding>();
        services.AddSingleton<ModelCalls>();
        services.AddSingleton<ServedModels>();
        if (!IsConfigured(builder))
        {
            services.AddSingleton<BrokerConnection>().AddSingleton<Messaging.Streams.WorkQueue>().AddSingleton<Messaging.Streams.Broadcasts>();
            return;
        }

        builder.AddBroker();
        services.AddHostedService(provider => provider.GetRequiredService<ModelCalls>());
        services.AddHostedService(provider => provider.GetRequiredService<ServedModels>());
    }

    /// <summary>What gives passages their vectors.</summary>
    public static void AddEmbedding(this EventConsumers consume, WebApplicationBuilder builder)
    {
        if (builder.Configuration[$"{EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Model)}"] is null)
            return;
        consume.Add<EmbedIndexedDocument, DocumentIndexed>(prefetch: 2);
        consume.Add<PassageEmbedding, EmbedDocument>(prefetch: 2);
    }

    private static bool IsConfigured(WebApplicationBuilder builder)
        => builder.Configuration.GetSection(EmbeddingOptions.Section).GetChildren().Any(option => option.Key is nameof(EmbeddingOptions.Model) or nameof(EmbeddingOptions.RerankModel));
}
