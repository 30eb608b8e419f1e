using System.Numerics;

namespace LLMoin.Inference.Sampling;

/// <summary>
/// The k largest of many logits, in order. A heap of k whose smallest member is the bar that the rest must pass: after a few hundred logits
/// nearly none does, so that what remains is one comparison per vector. Reused from token to token by one thread.
/// </summary>
internal sealed class Candidates
{
    private int[] _ids = new int[64];
    private float[] _values = new float[64];

    /// <summary>Token ids, likeliest first.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>What belongs to <see cref="Ids"/>; may be overwritten.</summary>
    public Span<float> Values => _values.AsSpan(0, Count);

    public int Count { get; private set; }

    public void TakeLargest(ReadOnlySpan<float> logits, int k)
    {
        k = Math.Min(k, logits.Length);
        if (_ids.Length < k)
        {
            _ids = new int[k];
            _values = new float[k];
        }
        Count = 0;
        var bar = float.NegativeInfinity;
        var index = 0;
        for (; index <= logits.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            if (Count == k && !Vector.GreaterThanAny(new Vector<float>(logits[index..]), new Vector<float>(bar)))
                continue;
            for (var lane = 0; lane < Vector<float>.Count; lane++)
                bar = Offer(index + lane, logits[index + lane], k, bar);
        }
        for (; index < logits.Length; index++)
            bar = Offer(index, logits[index], k, bar);

        _values.AsSpan(0, Count).Sort(_ids.AsSpan(0, Count), static (a, b) => b.CompareTo(a));
    }

    private float Offer(int id, float value, int k, float bar)
    {
        if (Count < k)
        {
            Up(Count++, id, value);
            return Count == k ? _values[0] : bar;
        }
        if (!(value > bar))
            return bar;
        Down(id, value);
        return _values[0];
    }

    private void Up(int hole, int id, float value)
    {
        while (hole > 0 && _values[(hole - 1) / 2] > value)
        {
            var parent = (hole - 1) / 2;
            (_values[hole], _ids[hole]) = (_values[parent], _ids[parent]);
            hole = parent;
        }
        (_values[hole], _ids[hole]) = (value, id);
    }

    /// <summary>Puts a new member in the place of the smallest.</summary>
    private void Down(int id, float value)
    {
        var hole = 0;
        while (2 * hole + 1 < Count)
        {
            var child = 2 * hole + 1;
            if (child + 1 < Count && _values[child + 1] < _values[child])
                child++;
            if (_values[child] >= value)
                break;
            (_values[hole], _ids[hole]) = (_values[child], _ids[child]);
            hole = child;
        }
        (_values[hole], _ids[hole]) = (value, id);
    }
}
