namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>
/// Raises passages in which the asked words stand close together: each word gains from the nearest other one by the inverse root of
/// their distance (after Y. Rasolofo and J. Savoy, "Term Proximity Scoring for Keyword-Based Retrieval Systems", 2003).
/// </summary>
internal sealed class Closeness(PassageTable table)
{
    /// <summary>Farther apart they are not in one sentence.</summary>
    private const int Farthest = 10;

    private const float StandsFor = 0.6f;

    private const int Unseen = -1000;

    private readonly Dictionary<int, int> _wordOf = [];

    /// <summary>True for terms with the same last digits: most terms of a text are not asked for, and this tells quickest.</summary>
    private readonly bool[] _maybe = new bool[1024];
    private readonly List<float> _weights = [];

    /// <param name="worth">The asked word's own.</param>
    /// <param name="similar">Words like it, of which those that share most stand for it in texts.</param>
    public void Ask(float worth, ReadOnlySpan<SimilarWord> similar)
    {
        foreach (var (term, _, share) in similar)
        {
            if (share >= StandsFor)
                Seek(term);
        }

        _weights.Add(worth);
    }

    /// <param name="term">One that nothing but itself stands for.</param>
    public void Ask(QueryTerm term)
    {
        Seek(term.Number);
        _weights.Add(term.Worth);
    }

    public void Raise(List<int> passages, Span<float> scores)
    {
        if (_weights.Count < 2)
            return;
        Span<int> seen = stackalloc int[_weights.Count];
        Span<float> gains = stackalloc float[_weights.Count];
        foreach (var passage in passages)
            scores[passage] += Gain(table.Sequence(passage), seen, gains);
    }

    private void Seek(int term)
    {
        if (_wordOf.TryAdd(term, _weights.Count))
            _maybe[term % _maybe.Length] = true;
    }

    private float Gain(ReadOnlySpan<byte> sequence, Span<int> seen, Span<float> gains)
    {
        seen.Fill(Unseen);
        gains.Clear();
        for (var place = 0; sequence.Length > 0; place++)
        {
            var term = TermSequence.Next(ref sequence);
            if (!_maybe[term % _maybe.Length] || !_wordOf.TryGetValue(term, out var word))
                continue;
            for (var other = 0; other < seen.Length; other++)
            {
                if (other == word || place - seen[other] > Farthest)
                    continue;
                var gain = MathF.Min(_weights[word], _weights[other]) / MathF.Sqrt(place - seen[other]);
                gains[word] = MathF.Max(gains[word], gain);
            }

            seen[word] = place;
        }

        var sum = 0f;
        foreach (var gain in gains)
            sum += gain;
        return sum;
    }
}
