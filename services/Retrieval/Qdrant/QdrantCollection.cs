using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Qdrant.Api;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// The one collection that all tenants share, as Qdrant advises for many tenants. One for each embedding model: vectors of different
/// models cannot be compared, so a new model begins a new collection, which fills itself from PostgreSQL.
/// </summary>
internal sealed class QdrantCollection
{
    private const int EdgesPerTenantNode = 16;

    public QdrantCollection(IOptions<QdrantOptions> options, IOptions<EmbeddingOptions> embeddings)
    {
        var model = embeddings.Value.Model;
        Dimensions = model is null ? null : options.Value.Dimensions;
        Name = model is null ? $"{options.Value.Collection}-words" : $"{options.Value.Collection}-{Plain(model)}-{Dimensions}";
    }

    public string Name { get; }

    /// <summary>Of the model's vectors; null without a model.</summary>
    public int? Dimensions { get; }

    /// <summary>A graph for each tenant instead of one over all, and points of a tenant stored together.</summary>
    public CreateCollection Definition => new(
        Dimensions is { } size ? new Dictionary<string, VectorParams> { [Fields.Meaning] = new(size, "Cosine") } : [],
        new Dictionary<string, SparseVectorParams> { [Fields.Words] = new("idf") },
        new HnswConfig(M: 0, PayloadM: EdgesPerTenantNode));

    /// <summary>Everything that filters name.</summary>
    public static IReadOnlyList<CreateFieldIndex> Indexes { get; } =
    [
        new(Fields.Tenant, new FieldSchema("keyword", IsTenant: true)),
        new(Fields.Readers, new FieldSchema("keyword")),
        new(Fields.Document, new FieldSchema("keyword")),
        new(Fields.Collection, new FieldSchema("keyword")),
        new(Fields.Ordinal, new FieldSchema("integer", Lookup: false, Range: true)),
    ];

    private static string Plain(string model) => string.Concat(model.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' ? sign : '-'));
}
