using LLMoin.Retrieval.Index.Ranking;
using LLMoin.Retrieval.Index.Text;
using LLMoin.Retrieval.Qdrant.Api;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// Words as sparse vectors, so that the inner product of a question's and a passage's is BM25: the passage's numbers are its saturated
/// frequencies, the question's are weights, and Qdrant multiplies by how rare each dimension is. A dimension is the hash of a term or of
/// four letters in a row, by which compounds, inflections and misspellings meet. Not for several threads.
/// </summary>
internal sealed class SparseEncoder
{
    /// <summary>Weighted words of a passage as <see cref="Ingestion.Chunker"/> makes them; a constant, as vectors are made once.</summary>
    public const float UsualLength = 100;

    /// <summary>Of a longer question the first count; a pasted page of text has no more to ask than that.</summary>
    public const int MostTerms = 64;

    private static readonly Bm25 Bm25 = new(UsualLength);

    private readonly Lexicon _lexicon = new(null);
    private readonly PassageTerms _terms;
    private readonly Dictionary<uint, float> _frequencies = [];

    public SparseEncoder() => _terms = new PassageTerms(_lexicon);

    /// <returns>Null where the passage has no word to be found by.</returns>
    public SparseVector? Passage(string title, string headings, string text)
    {
        _terms.Read(title, headings, text);
        _frequencies.Clear();
        foreach (var number in _terms.Terms)
        {
            var (term, frequency) = (_lexicon.Term(number), _terms.Frequency(number));
            Add(_frequencies, Dimension.Of(term), frequency);
            foreach (var gram in Dimension.PartsOf(term))
                Add(_frequencies, gram, frequency);
        }

        return Vector(_frequencies, frequency => Bm25.Saturate(frequency, _terms.Length));
    }

    /// <returns>Null where nothing is asked for by its words.</returns>
    public static SparseVector? Question(AskedText asked)
    {
        var weights = new Dictionary<uint, float>();
        foreach (var (term, word) in asked.Terms.Take(MostTerms))
        {
            Add(weights, Dimension.Of(term), QueryTerm.WeightOf(QueryTerm.NamesPlace(term)));
            foreach (var gram in word is null ? [] : Dimension.PartsOf(term))
                Add(weights, gram, Scores.PartWeight);
        }

        return Vector(weights, weight => weight);
    }

    private static void Add(Dictionary<uint, float> sums, uint dimension, float more) => sums[dimension] = sums.GetValueOrDefault(dimension) + more;

    private static SparseVector? Vector(Dictionary<uint, float> sums, Func<float, float> value)
    {
        if (sums.Count == 0)
            return null;
        var dimensions = sums.Keys.Order().ToArray();
        return new SparseVector(dimensions, [.. dimensions.Select(dimension => value(sums[dimension]))]);
    }
}
