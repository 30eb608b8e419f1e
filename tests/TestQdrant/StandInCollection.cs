using System.Text.Json.Nodes;

namespace LLMoin.TestQdrant;

/// <summary>A collection in memory that does what Qdrant's documentation says: filters, sparse vectors with IDF, cosine, fusion.</summary>
internal sealed class StandInCollection(JsonNode definition)
{
    private readonly Dictionary<Guid, (JsonObject Vectors, JsonObject Payload)> _points = [];

    public Dictionary<string, JsonNode> Indexes { get; } = [];

    public IReadOnlyCollection<JsonObject> Payloads => [.. _points.Values.Select(point => point.Payload)];

    public JsonNode Info => new JsonObject
    {
        ["status"] = "green",
        ["points_count"] = _points.Count,
        ["config"] = new JsonObject { ["params"] = definition.DeepClone() },
        ["payload_schema"] = new JsonObject(Indexes.Select(index => KeyValuePair.Create(index.Key, (JsonNode?)new JsonObject { ["data_type"] = index.Value["type"]!.DeepClone(), ["points"] = 0 }))),
    };

    public JsonObject? Point(Guid id)
        => _points.TryGetValue(id, out var point) ? new JsonObject { ["id"] = id, ["payload"] = point.Payload.DeepClone(), ["vector"] = new JsonObject() } : null;

    /// <exception cref="RefusedException">A vector is not as the collection was defined.</exception>
    public void Upsert(JsonNode body)
    {
        foreach (var point in body["points"]!.AsArray())
        {
            var vectors = point!["vector"]!.AsObject();
            foreach (var (name, vector) in vectors)
                Check(name, vector!);
            _points[(Guid)point["id"]!] = (vectors.DeepClone().AsObject(), point["payload"]!.DeepClone().AsObject());
        }
    }

    public void SetPayload(JsonNode body)
    {
        foreach (var (_, payload) in Matching(body["filter"]))
        {
            foreach (var (key, value) in body["payload"]!.AsObject())
                payload[key] = value?.DeepClone();
        }
    }

    public void Delete(JsonNode body)
    {
        foreach (var (id, _) in Matching(body["filter"]))
            _points.Remove(id);
    }

    public int Count(JsonNode body) => Matching(body["filter"]).Count;

    public JsonArray Query(JsonNode body)
    {
        var limit = (int?)body["limit"] ?? 10;
        var ranking = body["prefetch"] is JsonArray sides ? Fuse(sides) : Rank(body);
        var allowed = Matching(body["filter"]).Select(point => point.Id).ToHashSet();
        var fields = body["with_payload"]!.AsArray().Select(field => (string)field!).ToList();
        return
        [
            .. ranking.Where(hit => allowed.Contains(hit.Id)).Take(limit).Select(hit => new JsonObject
            {
                ["id"] = hit.Id,
                ["version"] = 1,
                ["score"] = hit.Score,
                ["payload"] = new JsonObject(_points[hit.Id].Payload.Where(field => fields.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
            }),
        ];
    }

    private List<(Guid Id, double Score)> Fuse(JsonArray sides)
    {
        var scores = new Dictionary<Guid, double>();
        foreach (var side in sides)
        {
            // Qdrant's k is 2, and its ranks begin at 0.
            foreach (var (rank, hit) in Rank(side!).Take((int)side!["limit"]!).Index())
                scores[hit.Id] = scores.GetValueOrDefault(hit.Id) + (1.0 / (2 + rank));
        }

        return [.. scores.OrderByDescending(score => score.Value).Select(score => (score.Key, score.Value))];
    }

    private List<(Guid Id, double Score)> Rank(JsonNode side)
    {
        var (query, name) = (side["query"]!, (string)side["using"]!);
        var having = _points.Where(point => point.Value.Vectors.ContainsKey(name)).ToDictionary(point => point.Key, point => point.Value.Vectors[name]!);
        var candidates = Matching(side["filter"]).Where(point => having.ContainsKey(point.Id)).Select(point => point.Id);
        Func<Guid, double> score = query is JsonArray dense ? id => Cosine(Numbers(dense), Numbers(having[id])) : ByWords(query, having);
        return [.. candidates.Select(id => (id, score(id))).Where(hit => query is JsonArray || hit.Item2 > 0).OrderByDescending(hit => hit.Item2)];
    }

    private Func<Guid, double> ByWords(JsonNode query, Dictionary<Guid, JsonNode> having)
    {
        Check("words", query);
        var vectors = having.ToDictionary(point => point.Key, point => Sparse(point.Value));
        var weights = Sparse(query).ToDictionary(weight => weight.Key, weight =>
        {
            var with = vectors.Values.Count(vector => vector.ContainsKey(weight.Key));
            return weight.Value * Math.Log(1 + ((vectors.Count - with + 0.5) / (with + 0.5)));
        });
        return id => weights.Sum(weight => weight.Value * vectors[id].GetValueOrDefault(weight.Key));
    }

    private List<(Guid Id, JsonObject Payload)> Matching(JsonNode? filter)
        => [.. _points.Where(point => filter is null || Holds(filter, point.Value.Payload)).Select(point => (point.Key, point.Value.Payload))];

    private bool Holds(JsonNode condition, JsonObject payload)
    {
        if (condition["key"] is null)
        {
            return condition["must"]?.AsArray().All(part => Holds(part!, payload)) != false
                && (condition["should"] is not JsonArray { Count: > 0 } some || some.Any(part => Holds(part!, payload)));
        }

        // As Qdrant's strict mode has it.
        var key = (string)condition["key"]!;
        if (!Indexes.ContainsKey(key))
            throw new RefusedException($"Bad request: Index required but not found for \"{key}\"");
        var values = payload[key] is JsonArray list ? list.Select(value => value?.ToString()) : [payload[key]?.ToString()];
        if (condition["range"] is { } range)
            return payload[key] is { } number && (double)number >= (double)range["gte"]!;
        var match = condition["match"]!;
        return match["any"] is JsonArray any ? any.Any(value => values.Contains((string?)value)) : values.Contains(match["value"]!.ToString());
    }

    private void Check(string name, JsonNode vector)
    {
        if (vector is JsonArray dense)
        {
            var size = (int?)definition["vectors"]?[name]?["size"] ?? throw new RefusedException($"Wrong input: Not existing vector name error: {name}");
            if (dense.Count != size)
                throw new RefusedException($"Wrong input: Vector dimension error: expected dim: {size}, got {dense.Count}");
            return;
        }

        if (definition["sparse_vectors"]?[name] is null)
            throw new RefusedException($"Wrong input: Not existing vector name error: {name}");
        var indices = vector["indices"]!.AsArray().Select(index => (uint)index!).ToList();
        if (indices.Count != vector["values"]!.AsArray().Count || indices.Distinct().Count() != indices.Count)
            throw new RefusedException("Validation error in JSON body: indices: must be unique");
    }

    private static Dictionary<uint, double> Sparse(JsonNode vector)
        => vector["indices"]!.AsArray().Zip(vector["values"]!.AsArray()).ToDictionary(pair => (uint)pair.First!, pair => (double)pair.Second!);

    private static double[] Numbers(JsonNode vector) => [.. vector.AsArray().Select(number => (double)number!)];

    private static double Cosine(double[] a, double[] b)
        => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
}

/// <param name="error">As Qdrant says it.</param>
internal sealed class RefusedException(string error) : Exception(error);
