namespace LLMoin.Extractive.Summaries;

/// <summary>
/// The similarity graph of LexRank and its centralities (Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
/// Summarization", JAIR 22, 2004; the continuous variant, weights are tf-idf cosines). Kept near-linear: similarities come from an
/// inverted index that leaves out terms in more than <see cref="LongestPosting"/> sentences, and a sentence keeps its
/// <see cref="Neighbours"/> nearest only.
/// </summary>
internal sealed class SentenceGraph
{
    private const int LongestPosting = 400;
    private const int Neighbours = 24;
    private const double SmallestSimilarity = 0.08;
    private const double Damping = 0.85;
    private const int Iterations = 40;
    private const double SameContent = 0.5;
    private const double SameWords = 0.8;

    private readonly (int Term, float Weight)[][] _vectors;
    private readonly int _terms;

    /// <param name="sentences">Content terms of each sentence, repetitions included.</param>
    public SentenceGraph(IReadOnlyList<IReadOnlyList<string>> sentences)
    {
        var ids = new Dictionary<string, int>();
        var counts = new List<Dictionary<int, int>>(sentences.Count);
        var documents = new List<int>();
        foreach (var sentence in sentences)
        {
            var frequency = new Dictionary<int, int>();
            foreach (var term in sentence)
            {
                if (!ids.TryGetValue(term, out var id))
                {
                    ids[term] = id = ids.Count;
                    documents.Add(0);
                }

                if (!frequency.TryAdd(id, 1)) frequency[id]++;
                else documents[id]++;
            }

            counts.Add(frequency);
        }

        _terms = ids.Count;
        _vectors = [.. counts.Select(frequency => Unit(frequency, documents, sentences.Count))];
    }

    public int Count => _vectors.Length;

    /// <summary>
    /// Whether two sentences say the same: near in tf-idf, or the shorter one's words almost all in the other, which tf-idf misses
    /// where the whole text turns around those words.
    /// </summary>
    public bool AreRepetitions(int left, int right)
    {
        double dot = 0;
        var shared = 0;
        (int Term, float Weight)[] a = _vectors[left], b = _vectors[right];
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i].Term == b[j].Term)
            {
                dot += a[i++].Weight * b[j++].Weight;
                shared++;
            }
            else if (a[i].Term < b[j].Term) i++;
            else j++;
        }

        return dot > SameContent || shared >= 3 && shared >= SameWords * Math.Min(a.Length, b.Length);
    }

    /// <param name="prior">Where the random walk restarts, any positive weights.</param>
    /// <param name="cancellation">Ends the work within one sentence's neighbours.</param>
    /// <returns>Stationary distribution of the walk, in sentence order; sums to 1.</returns>
    public double[] Centralities(double[] prior, CancellationToken cancellation)
    {
        var edges = Edges(cancellation);
        var total = prior.Sum();
        var restart = prior.Select(weight => weight / total).ToArray();
        var rank = (double[])restart.Clone();
        var sums = edges.Select(list => list.Sum(edge => (double)edge.Weight)).ToArray();
        for (var round = 0; round < Iterations; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = new double[Count];
            double loose = 0;
            for (var i = 0; i < Count; i++)
            {
                if (sums[i] == 0) loose += rank[i];
                else foreach (var (to, weight) in edges[i]) next[to] += rank[i] * weight / sums[i];
            }

            for (var i = 0; i < Count; i++) next[i] = Damping * (next[i] + loose * restart[i]) + (1 - Damping) * restart[i];
            rank = next;
        }

        return rank;
    }

    private (int To, float Weight)[][] Edges(CancellationToken cancellation)
    {
        var postings = new List<(int Sentence, float Weight)>[_terms];
        for (var i = 0; i < Count; i++)
        {
            foreach (var (term, weight) in _vectors[i]) (postings[term] ??= []).Add((i, weight));
        }

        var edges = new (int, float)[Count][];
        var sums = new float[Count];
        var touched = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (term, weight) in _vectors[i])
            {
                if (postings[term].Count > LongestPosting) continue;
                foreach (var (other, otherWeight) in postings[term])
                {
                    if (other == i) continue;
                    if (sums[other] == 0) touched.Add(other);
                    sums[other] += weight * otherWeight;
                }
            }

            edges[i] = [.. touched.Where(other => sums[other] >= SmallestSimilarity).OrderByDescending(other => sums[other]).ThenBy(other => other)
                .Take(Neighbours).Select(other => (other, Math.Min(1, sums[other])))];
            foreach (var other in touched) sums[other] = 0;
            touched.Clear();
        }

        return edges;
    }

    private static (int, float)[] Unit(Dictionary<int, int> frequency, List<int> documents, int sentences)
    {
        var weights = frequency.Select(pair => (Term: pair.Key, Weight: (1 + Math.Log(pair.Value)) * Math.Log(1 + (double)sentences / documents[pair.Key]))).ToList();
        var length = Math.Sqrt(weights.Sum(item => item.Weight * item.Weight));
        return [.. weights.OrderBy(item => item.Term).Select(item => (item.Term, (float)(item.Weight / length)))];
    }
}
