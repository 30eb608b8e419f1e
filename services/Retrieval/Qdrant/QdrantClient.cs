using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LLMoin.Retrieval.Qdrant.Api;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// The part of Qdrant's REST API (1.15 or later) that is used here, over one collection. Writes return when they can be found
/// (<c>wait=true</c>), and each may be repeated without harm.
/// </summary>
internal sealed class QdrantClient(QdrantRequests requests, QdrantCollection collection)
{
    private static readonly QdrantJson Json = QdrantJson.Default;

    private readonly string _path = "/collections/" + Uri.EscapeDataString(collection.Name);

    /// <summary>Null where there is no such collection.</summary>
    public async Task<CollectionInfo?> CollectionAsync(CancellationToken cancellation)
        => Read(await requests.FindAsync(HttpMethod.Get, _path, cancellation), Json.AnswerCollectionInfo);

    public Task CreateCollectionAsync(CreateCollection body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Put, _path, body, Json.CreateCollection, cancellation);

    /// <summary>Also where there is none.</summary>
    public Task DeleteCollectionAsync(CancellationToken cancellation) => requests.FindAsync(HttpMethod.Delete, _path, cancellation);

    public Task CreateIndexAsync(CreateFieldIndex body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Put, _path + "/index?wait=true", body, Json.CreateFieldIndex, cancellation);

    public Task UpsertAsync(UpsertPoints body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Put, _path + "/points?wait=true", body, Json.UpsertPoints, cancellation);

    public Task UpsertAsync(UpsertProgress body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Put, _path + "/points?wait=true", body, Json.UpsertProgress, cancellation);

    /// <summary>Null where the point, or the whole collection, does not exist.</summary>
    public async Task<Progress?> ProgressAsync(Guid id, CancellationToken cancellation)
        => Read(await requests.FindAsync(HttpMethod.Get, $"{_path}/points/{id}", cancellation), Json.AnswerProgressRecord)?.Payload;

    public Task SetPayloadAsync(SetPayload body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Post, _path + "/points/payload?wait=true", body, Json.SetPayload, cancellation);

    public Task DeleteAsync(PointsOf body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Post, _path + "/points/delete?wait=true", body, Json.PointsOf, cancellation);

    public async Task<long> CountAsync(PointsOf body, CancellationToken cancellation)
        => Read(await SendAsync(HttpMethod.Post, _path + "/points/count", body, Json.PointsOf, cancellation), Json.AnswerCountResult)!.Count;

    /// <returns>Best first.</returns>
    public async Task<IReadOnlyList<ScoredPoint>> QueryAsync(PointQuery body, CancellationToken cancellation)
        => Read(await SendAsync(HttpMethod.Post, _path + "/points/query", body, Json.PointQuery, cancellation), Json.AnswerQueryResult)!.Points;

    private Task<byte[]> SendAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellation)
        => requests.SendAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancellation);

    private static T? Read<T>(byte[]? answer, JsonTypeInfo<Answer<T>> type) where T : class
        => answer is null ? null : JsonSerializer.Deserialize(answer, type)!.Result;
}
