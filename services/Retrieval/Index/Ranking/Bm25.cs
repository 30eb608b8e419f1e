namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>
/// BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.4). Fields are
/// joined before the saturation by weighted term frequencies (section 3.6, BM25F). Constants as measured, see docs/retrieval.md.
/// </summary>
internal readonly struct Bm25
{
    private const float K1 = 0.6f;
    private const float B = 0.5f;

    /// <summary>No passage gains from being shorter than this share of the average: a letterhead answers nothing.</summary>
    private const float Shortest = 0.5f;

    private readonly float _base;
    private readonly float _perWord;
    private readonly float _shortest;

    public Bm25(float averageLength)
    {
        _base = K1 * (1 - B);
        _perWord = K1 * B / averageLength;
        _shortest = Shortest * averageLength;
    }

    /// <summary>Weight of a rare term against a common one; positive also for a term in more than half of all passages.</summary>
    public static float Idf(int passages, float withTerm) => withTerm >= passages ? Idf(passages, passages - 0.5f) : MathF.Log(1 + ((passages - withTerm + 0.5f) / (withTerm + 0.5f)));

    /// <summary>1 for a term that occurs once in a passage of average length, more for one that occurs often or in a short one.</summary>
    /// <param name="frequency">Weighted occurrences of the term in the passage.</param>
    /// <param name="length">The passage's length in words.</param>
    public float Saturate(float frequency, int length) => frequency * (K1 + 1) / (frequency + _base + (_perWord * MathF.Max(length, _shortest)));
}
