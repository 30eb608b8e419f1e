using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>What goes over the wire, as Qdrant's OpenAPI description of 1.15 has it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateCollection))]
[JsonSerializable(typeof(CreateFieldIndex))]
[JsonSerializable(typeof(UpsertPoints))]
[JsonSerializable(typeof(UpsertProgress))]
[JsonSerializable(typeof(SetPayload))]
[JsonSerializable(typeof(PointsOf))]
[JsonSerializable(typeof(PointQuery))]
[JsonSerializable(typeof(IReadOnlyList<float>))]
[JsonSerializable(typeof(Answer<CollectionInfo>))]
[JsonSerializable(typeof(Answer<ProgressRecord>))]
[JsonSerializable(typeof(Answer<CountResult>))]
[JsonSerializable(typeof(Answer<QueryResult>))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class QdrantJson : JsonSerializerContext;

/// <summary>What every successful response is wrapped in.</summary>
internal sealed record Answer<T>(T Result);

/// <summary>Qdrant's <c>ErrorResponse</c>.</summary>
internal sealed record Refusal(RefusalStatus? Status);

internal sealed record RefusalStatus(string? Error);
