namespace LLMoin.Retrieval.Index;

/// <summary>
/// BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.4). Fields are
/// joined before the saturation by weighted term frequencies (section 3.6, BM25F). k1 and b as measured on German passages.
/// </summary>
internal static class Bm25
{
    public const float K1 = 0.6f;
    public const float B = 0.75f;

    /// <summary>Weight of a rare term against a common one; positive also for a term in more than half of all passages.</summary>
    public static float Idf(int passages, int withTerm) => MathF.Log(1 + ((passages - withTerm + 0.5f) / (withTerm + 0.5f)));

    /// <param name="frequency">Weighted occurrences of the term in the passage.</param>
    /// <param name="length">The passage's length over the average length.</param>
    public static float Saturate(float frequency, float length) => frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * length))));
}
