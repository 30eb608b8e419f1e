using LLMoin.Retrieval.Index.Text;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// Numbers for what passages are found by: FNV-1a of 32 bits (draft-eastlake-fnv) over UTF-16. Of a million terms about a hundred share
/// theirs with another, and add to its score.
/// </summary>
internal static class Dimension
{
    private const uint Basis = 2_166_136_261;
    private const uint Prime = 16_777_619;

    /// <summary>Set apart from terms, as "rad" is another thing than a word with these letters in it.</summary>
    private const char GramMark = '\u0001';

    public static uint Of(string term)
    {
        var hash = Basis;
        foreach (var sign in term)
            hash = Next(hash, sign);
        return hash;
    }

    /// <summary>Of each four letters in a row of a stem, its edges counted as letters; none for numbers, sections and codes.</summary>
    public static uint[] PartsOf(string term)
    {
        if (term.Length < 2 || !term.All(char.IsLetter))
            return [];
        Span<ulong> grams = stackalloc ulong[WordGrams.Most];
        var parts = new uint[WordGrams.Of(term, grams)];
        for (var i = 0; i < parts.Length; i++)
        {
            var hash = Next(Basis, GramMark);
            for (var shift = 48; shift >= 0; shift -= 16)
                hash = Next(hash, (char)(grams[i] >> shift));
            parts[i] = hash;
        }

        return parts;
    }

    private static uint Next(uint hash, char sign) => (((hash ^ (byte)sign) * Prime) ^ (byte)(sign >> 8)) * Prime;
}
