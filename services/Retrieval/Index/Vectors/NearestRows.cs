namespace LLMoin.Retrieval.Index.Vectors;

/// <param name="Similarity">Cosine of the angle between row and query, 1 to -1.</param>
internal readonly record struct NearRow(int Row, float Similarity);

/// <summary>Keeps the nearest of many rows.</summary>
internal sealed class NearestRows(int limit)
{
    // Farthest first, so that it can leave when a nearer one comes; of equals the later row leaves.
    private readonly PriorityQueue<int, (float Similarity, int Row)> _rows = new(limit + 1, Comparer<(float Similarity, int Row)>.Create(
        static (a, b) => a.Similarity.CompareTo(b.Similarity) is not 0 and var order ? order : b.Row.CompareTo(a.Row)));

    /// <summary>What is not above it has no place any more.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    public void Offer(int row, float similarity)
    {
        if (similarity <= Least)
            return;
        _rows.Enqueue(row, (similarity, row));
        if (_rows.Count > limit)
            _rows.Dequeue();
        if (_rows.Count == limit && _rows.TryPeek(out _, out var last))
            Least = last.Similarity;
    }

    /// <returns>Nearest first; empties this.</returns>
    public NearRow[] Take()
    {
        var rows = new NearRow[_rows.Count];
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            _rows.TryDequeue(out var row, out var place);
            rows[i] = new NearRow(row, place.Similarity);
        }

        return rows;
    }
}
