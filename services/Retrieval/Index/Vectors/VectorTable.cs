using System.Numerics.Tensors;

namespace LLMoin.Retrieval.Index.Vectors;

/// <summary>
/// Vectors in memory and an exact search among them. No graph, no clusters: a scan of bytes picks candidates, float32 puts them in order,
/// and the result is that of a scan of floats. Many may search at once, but nobody while one adds.
/// </summary>
/// <param name="dimensions">Components of every vector.</param>
internal sealed class VectorTable(int dimensions)
{
    /// <summary>So many candidates are compared in float32: many times what rounding to bytes can move.</summary>
    private const int Candidates = 100;

    private const int RowsPerBlock = 4096;

    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    public int Dimensions => dimensions;

    public long Bytes => (long)_blocks.Count * RowsPerBlock * ((dimensions * (sizeof(float) + sizeof(sbyte))) + sizeof(float));

    /// <summary>Adds a copy of the vector, brought to length 1.</summary>
    /// <returns>Its row.</returns>
    /// <exception cref="ArgumentException">It has other dimensions, or no direction.</exception>
    public int Add(ReadOnlySpan<float> vector)
    {
        var unit = Unit(vector);
        if (Count == _blocks.Count * RowsPerBlock)
            _blocks.Add(new Block(new float[RowsPerBlock * dimensions], new sbyte[RowsPerBlock * dimensions], new float[RowsPerBlock]));
        var (block, row) = (_blocks[^1], Count % RowsPerBlock);
        unit.CopyTo(block.Exact.AsSpan(row * dimensions));
        block.Steps[row] = Int8.Quantize(unit, block.Coarse.AsSpan(row * dimensions, dimensions));
        return Count++;
    }

    /// <summary>The nearest rows by cosine, as <see cref="ScanExactly"/> finds them, in a quarter of its time.</summary>
    /// <param name="admitted">Which rows are candidates at all; all when empty.</param>
    /// <returns>Nearest first; of equals the earlier row.</returns>
    public IReadOnlyList<NearRow> Scan(ReadOnlySpan<float> query, int limit, ReadOnlySpan<bool> admitted = default)
    {
        var unit = Unit(query);
        Span<sbyte> coarse = new sbyte[dimensions];
        // All scores have the query's step in common, so it changes no order.
        Int8.Quantize(unit, coarse);
        var candidates = new NearestRows(Math.Max(Candidates, 2 * limit));
        for (var first = 0; first < Count; first += RowsPerBlock)
        {
            var block = _blocks[first / RowsPerBlock];
            ReadOnlySpan<sbyte> rest = block.Coarse;
            var rows = Math.Min(RowsPerBlock, Count - first);
            for (var row = 0; row < rows; row++, rest = rest[dimensions..])
            {
                var similarity = Int8.Dot(rest[..dimensions], coarse) * block.Steps[row];
                if (similarity > candidates.Least && IsAdmitted(admitted, first + row))
                    candidates.Offer(first + row, similarity);
            }
        }

        var nearest = new NearestRows(limit);
        foreach (var (row, _) in candidates.Take())
            nearest.Offer(row, TensorPrimitives.Dot(Exact(row), unit));
        return nearest.Take();
    }

    /// <summary>The nearest rows by cosine, each compared in float32.</summary>
    public IReadOnlyList<NearRow> ScanExactly(ReadOnlySpan<float> query, int limit, ReadOnlySpan<bool> admitted = default)
    {
        var unit = Unit(query);
        var nearest = new NearestRows(limit);
        for (var row = 0; row < Count; row++)
        {
            var similarity = TensorPrimitives.Dot(Exact(row), unit);
            if (similarity > nearest.Least && IsAdmitted(admitted, row))
                nearest.Offer(row, similarity);
        }

        return nearest.Take();
    }

    private static bool IsAdmitted(ReadOnlySpan<bool> admitted, int row) => admitted.IsEmpty || admitted[row];

    private ReadOnlySpan<float> Exact(int row) => _blocks[row / RowsPerBlock].Exact.AsSpan(row % RowsPerBlock * dimensions, dimensions);

    private float[] Unit(ReadOnlySpan<float> vector)
    {
        if (vector.Length != dimensions)
            throw new ArgumentException($"The vector has {vector.Length} components instead of {dimensions}.", nameof(vector));
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length) || length == 0)
            throw new ArgumentException("The vector has no direction.", nameof(vector));
        var unit = new float[dimensions];
        TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }

    /// <param name="Exact">Rows of unit vectors.</param>
    /// <param name="Coarse">The same in bytes.</param>
    /// <param name="Steps">Of each row, what a step of its bytes is.</param>
    private sealed record Block(float[] Exact, sbyte[] Coarse, float[] Steps);
}
