using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>Section <c>Retrieval:Embeddings</c>. Without a model search is lexical.</summary>
internal sealed class EmbeddingOptions
{
    public const string Section = "Retrieval:Embeddings";

    /// <summary>Id of the embedding model, as workers announce it.</summary>
    public string? Model { get; init; }

    /// <summary>Id of a model that orders the first passages anew; none when absent.</summary>
    public string? RerankModel { get; init; }

    /// <summary>What the model wants in front of a question, e.g. <c>query: </c>.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>What the model wants in front of a passage, e.g. <c>passage: </c>.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>How long a search waits for the question's vector, and again for the reranker, before it goes on without.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long ingestion waits for the vectors of one batch before it asks again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PassageTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Passages in one request to the model.</summary>
    [Range(1, 256)]
    public int PassagesPerRequest { get; init; } = 32;
}
