using System.Buffers;

namespace LLMoin.Retrieval.Index.Vectors;

/// <summary>Which vector is which passage's. Passages come without and get theirs later; those of removed ones are passed over.</summary>
internal sealed class PassageVectors
{
    private readonly List<int> _passageOf = [];
    private readonly HashSet<int> _have = [];
    private VectorTable? _vectors;

    public long Bytes => (_vectors?.Bytes ?? 0) + (40 * _passageOf.Count);

    /// <summary>
    /// Gives a passage its vector; one that has it keeps it. A vector of other dimensions is another model's of that name and is passed over.
    /// </summary>
    /// <exception cref="ArgumentException">The vector has no direction.</exception>
    public void Add(int passage, ReadOnlySpan<float> vector)
    {
        _vectors ??= new VectorTable(vector.Length);
        if (_vectors.Dimensions != vector.Length || _have.Contains(passage))
            return;
        _vectors.Add(vector);
        _passageOf.Add(passage);
        _have.Add(passage);
    }

    /// <returns>Numbers of the nearest passages of admitted documents, nearest first.</returns>
    public int[] Nearest(ReadOnlySpan<float> query, int limit, ReadOnlySpan<IndexedPassage> passages, ReadOnlySpan<bool> admitted)
    {
        var rows = ArrayPool<bool>.Shared.Rent(_passageOf.Count);
        for (var row = 0; row < _passageOf.Count; row++)
            rows[row] = admitted[passages[_passageOf[row]].Document];
        var nearest = _vectors!.Scan(query, limit, rows);
        ArrayPool<bool>.Shared.Return(rows);
        return [.. nearest.Select(near => _passageOf[near.Row])];
    }

    /// <summary>Whether the query has the dimensions that the passages have.</summary>
    public bool Fits(float[] query) => _vectors?.Dimensions == query.Length;
}
