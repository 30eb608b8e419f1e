using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>Section <c>Retrieval:Qdrant</c>, read where <c>Retrieval:Store</c> is <c>qdrant</c>.</summary>
internal sealed class QdrantOptions
{
    public const string Section = "Retrieval:Qdrant";

    /// <summary>Where Qdrant's REST API is, e.g. <c>http://qdrant:6333</c>.</summary>
    [Required, RegularExpression("https?://.+")]
    public string Url { get; init; } = "";

    /// <summary>Sent as <c>api-key</c>; none when absent.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Beginning of the collection's name; the embedding model is its end.</summary>
    [Required, RegularExpression("[A-Za-z0-9_-]{1,100}")]
    public string Collection { get; init; } = "llmoin";

    /// <summary>Numbers in a vector of the embedding model; a collection must know it before there is a vector.</summary>
    [Range(1, 65_536)]
    public int? Dimensions { get; init; }

    /// <summary>How long one attempt of a request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
