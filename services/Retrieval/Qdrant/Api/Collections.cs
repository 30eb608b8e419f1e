namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>Body of <c>PUT /collections/{name}</c>.</summary>
/// <param name="Vectors">By name; empty where there is no embedding model.</param>
/// <param name="SparseVectors">By name.</param>
internal sealed record CreateCollection(
    IReadOnlyDictionary<string, VectorParams> Vectors, IReadOnlyDictionary<string, SparseVectorParams> SparseVectors, HnswConfig HnswConfig);

internal sealed record VectorParams(int Size, string Distance);

/// <param name="Modifier"><c>idf</c>: Qdrant weighs each asked dimension by how rare it is.</param>
internal sealed record SparseVectorParams(string Modifier);

/// <param name="M">Edges of a node in a graph over all points; 0 for none.</param>
/// <param name="PayloadM">Edges in the graph of each tenant.</param>
internal sealed record HnswConfig(int M, int PayloadM);

/// <summary>Body of <c>PUT /collections/{name}/index</c>.</summary>
internal sealed record CreateFieldIndex(string FieldName, FieldSchema FieldSchema);

/// <param name="Type"><c>keyword</c> or <c>integer</c>.</param>
/// <param name="IsTenant">A tenant's points are stored together (keywords only).</param>
/// <param name="Lookup">Whether single values are sought (integers only).</param>
/// <param name="Range">Whether ranges are sought (integers only).</param>
internal sealed record FieldSchema(string Type, bool? IsTenant = null, bool? Lookup = null, bool? Range = null);

/// <summary>Of <c>GET /collections/{name}</c> what is of interest here.</summary>
/// <param name="PayloadSchema">The indexed fields.</param>
internal sealed record CollectionInfo(IReadOnlyDictionary<string, FieldIndex> PayloadSchema);

internal sealed record FieldIndex(string DataType);
