using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>Body of <c>POST /collections/{name}/points/query</c>: by one vector, or what several found joined by their ranks.</summary>
internal sealed record PointQuery
{
    public IReadOnlyList<Prefetch>? Prefetch { get; private init; }

    public QueryInput Query { get; private init; } = null!;

    public string? Using { get; private init; }

    public ReaderFilter Filter { get; private init; } = null!;

    public int Limit { get; private init; }

    public IReadOnlyList<string> WithPayload { get; } = [Fields.Document, Fields.Ordinal];

    public static PointQuery ByWords(SparseVector words, ReaderFilter filter, int limit)
        => new() { Query = new QueryInput(words), Using = Fields.Words, Filter = filter, Limit = limit };

    /// <summary>Reciprocal rank fusion; each side is filtered before it ranks.</summary>
    /// <param name="words">Null where the query has no words that count.</param>
    /// <param name="meaning">The query's vector.</param>
    /// <param name="filter">What is searched.</param>
    /// <param name="depth">How many of each side are joined.</param>
    /// <param name="limit">Most points wanted.</param>
    public static PointQuery Hybrid(SparseVector? words, IReadOnlyList<float> meaning, ReaderFilter filter, int depth, int limit)
    {
        var byMeaning = new Prefetch(new QueryInput(meaning), Fields.Meaning, filter, depth);
        return new PointQuery
        {
            Prefetch = words is null ? [byMeaning] : [new Prefetch(new QueryInput(words), Fields.Words, filter, depth), byMeaning],
            Query = QueryInput.Fusion,
            Filter = filter,
            Limit = limit,
        };
    }
}

internal sealed record Prefetch(QueryInput Query, string Using, ReaderFilter Filter, int Limit);

/// <summary>Qdrant's <c>QueryInterface</c>: a sparse vector, a dense one, or the way of joining.</summary>
[JsonConverter(typeof(QueryInputConverter))]
internal sealed class QueryInput
{
    public static readonly QueryInput Fusion = new();

    private QueryInput()
    {
    }

    public QueryInput(SparseVector words) => Words = words;

    public QueryInput(IReadOnlyList<float> meaning) => Meaning = meaning;

    public SparseVector? Words { get; }

    public IReadOnlyList<float>? Meaning { get; }
}

internal sealed class QueryInputConverter : JsonConverter<QueryInput>
{
    public override QueryInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Queries are only sent.");

    public override void Write(Utf8JsonWriter writer, QueryInput value, JsonSerializerOptions options)
    {
        if (value.Words is not null)
        {
            JsonSerializer.Serialize(writer, value.Words, QdrantJson.Default.SparseVector);
        }
        else if (value.Meaning is not null)
        {
            JsonSerializer.Serialize(writer, value.Meaning, QdrantJson.Default.IReadOnlyListSingle);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString("fusion", "rrf");
            writer.WriteEndObject();
        }
    }
}

internal sealed record QueryResult(IReadOnlyList<ScoredPoint> Points);

internal sealed record ScoredPoint(float Score, FoundPayload Payload);

internal sealed record FoundPayload(Guid Document, int Ordinal);
