using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>Body of <c>PUT /collections/{name}/points</c>.</summary>
internal sealed record UpsertPoints(IReadOnlyList<Point> Points);

internal sealed record Point(Guid Id, PointVectors Vector, PassagePayload Payload);

/// <summary>A passage's vectors by name; each may be missing.</summary>
internal sealed record PointVectors(SparseVector? Words, IReadOnlyList<float>? Meaning);

/// <param name="Indices">Each once.</param>
/// <param name="Values">As many.</param>
internal sealed record SparseVector(IReadOnlyList<uint> Indices, IReadOnlyList<float> Values);

/// <summary>What a passage is filtered by. Texts and titles stay in PostgreSQL.</summary>
internal sealed record PassagePayload(
    string Tenant, Guid Document, int Ordinal, IReadOnlyList<string> Readers, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Collection);

/// <summary>Body of <c>POST /collections/{name}/points/payload</c>.</summary>
internal sealed record SetPayload(SharedPayload Payload, TenantFilter Filter);

internal sealed record SharedPayload(IReadOnlyList<string> Readers, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Collection);

/// <summary>Body of <c>POST /collections/{name}/points/delete</c> and <c>…/count</c>.</summary>
internal sealed record PointsOf(TenantFilter Filter);

internal sealed record CountResult(long Count);

/// <summary>The same body as <see cref="UpsertPoints"/>, for the one point that says how far a tenant has come.</summary>
internal sealed record UpsertProgress(IReadOnlyList<ProgressPoint> Points);

/// <summary>A point without vectors and without tenant or readers, which no search can find.</summary>
internal sealed record ProgressPoint(Guid Id, PointVectors Vector, Progress Payload);

/// <summary>Result of <c>GET /collections/{name}/points/{id}</c>.</summary>
internal sealed record ProgressRecord(Progress? Payload);

/// <summary>How far the points of a tenant have followed the database.</summary>
/// <param name="ProgressOf">The tenant.</param>
/// <param name="Version">Every change up to it is there.</param>
/// <param name="Texts">Every text as of then is there: what has only changed hands since need not be read again.</param>
/// <param name="HasVectors">Some passages have the model's vectors.</param>
internal sealed record Progress(string ProgressOf, long Version, long Texts, bool HasVectors)
{
    public static Progress None(string tenant) => new(tenant, 0, 0, false);
}
