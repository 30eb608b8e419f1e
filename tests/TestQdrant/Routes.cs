using System.Text.Json.Nodes;
using static LLMoin.TestQdrant.Shapes;

namespace LLMoin.TestQdrant;

/// <summary>
/// The requests that Qdrant 1.15 takes, of those that the platform sends: method, route, query string and the shape of the body, written
/// down by hand from its OpenAPI description.
/// </summary>
internal static class Routes
{
    private static readonly Shape Id = Either(Whole, Uuid);

    private static readonly Shape Sparse = Object(("indices", List(Whole)), ("values", List(Number)));

    private static readonly Shape Dense = List(Number);

    private static readonly Shape Match = Either(Object(("value", Either(Text, Whole, Flag))), Object(("any", Either(List(Text), List(Whole)))));

    private static readonly Shape Range = Object(("lt?", Number), ("gt?", Number), ("gte?", Number), ("lte?", Number));

    private static readonly Shape Filter = node => Object(("should?", List(Condition!)), ("must?", List(Condition!)), ("must_not?", List(Condition!)))(node);

    private static readonly Shape Condition = node => Either(Object(("key", Text), ("match?", Match), ("range?", Range)), Filter)(node);

    private static readonly Shape Query = Either(Dense, Sparse, Object(("nearest", Either(Dense, Sparse))), Object(("fusion", One("rrf", "dbsf"))));

    private static readonly Shape Payload = Map(_ => null);

    private static readonly Shape Hnsw = Object(("m?", Whole), ("payload_m?", Whole), ("ef_construct?", Whole), ("full_scan_threshold?", Whole));

    private static readonly Shape CreateCollection = Object(
        ("vectors?", Map(Object(("size", Whole), ("distance", One("Cosine", "Euclid", "Dot", "Manhattan"))))),
        ("sparse_vectors?", Map(Object(("modifier?", One("none", "idf"))))),
        ("hnsw_config?", Hnsw));

    private static readonly Shape CreateIndex = Object(("field_name", Text), ("field_schema", Either(
        Object(("type", One("keyword")), ("is_tenant?", Flag), ("on_disk?", Flag)),
        Object(("type", One("integer")), ("lookup?", Flag), ("range?", Flag)))));

    private static readonly Shape Upsert = Object(("points", List(Object(("id", Id), ("vector", Either(Dense, Map(Either(Dense, Sparse)))), ("payload?", Payload)))));

    private static readonly Shape SetPayload = Object(("payload", Payload), ("points?", List(Id)), ("filter?", Filter), ("key?", Text));

    private static readonly Shape Delete = Either(Object(("points", List(Id))), Object(("filter", Filter)));

    private static readonly Shape Count = Object(("filter?", Filter), ("exact?", Flag));

    private static readonly Shape Prefetch = Object(("query", Query), ("using?", Text), ("filter?", Filter), ("limit?", Whole));

    private static readonly Shape Ask = Object(
        ("prefetch?", List(Prefetch)), ("query", Query), ("using?", Text), ("filter?", Filter), ("limit?", Whole), ("with_payload?", Either(Flag, List(Text))));

    private static readonly (string Request, Shape? Body)[] Known =
    [
        ("GET /readyz", null),
        ("GET /collections/{}", null),
        ("DELETE /collections/{}", null),
        ("PUT /collections/{}", CreateCollection),
        ("PUT /collections/{}/index?wait=true", CreateIndex),
        ("GET /collections/{}/points/{}", null),
        ("PUT /collections/{}/points?wait=true", Upsert),
        ("POST /collections/{}/points/payload?wait=true", SetPayload),
        ("POST /collections/{}/points/delete?wait=true", Delete),
        ("POST /collections/{}/points/count", Count),
        ("POST /collections/{}/points/query", Ask),
    ];

    /// <summary>The known request with what stands in place of its braces; null for an unknown one.</summary>
    public static (string Request, IReadOnlyList<string> Names)? Find(string method, string path, string query)
    {
        var parts = path.Split('/');
        // collections/NAME and points/ID are what varies.
        var names = parts.Index().Where(part => part.Index == 2 || (part.Index == 4 && parts[3] == "points" && Guid.TryParse(part.Item, out _))).ToList();
        var request = $"{method} {string.Join('/', parts.Index().Select(part => names.Contains(part) ? "{}" : part.Item))}{query}";
        return Known.Any(known => known.Request == request) ? (request, [.. names.Select(name => name.Item)]) : null;
    }

    public static string? WrongWith(string request, JsonNode? body)
    {
        var shape = Known.First(known => known.Request == request).Body;
        return shape is null ? (body is null ? null : "has a body") : shape(body);
    }
}
