using System.Runtime.InteropServices;
using LLMoin.Extractive.Text;

namespace LLMoin.Retrieval.Index;

/// <summary>
/// What a text is found by: stemmed words, section references, numbers and file numbers as terms, and 4-grams of characters
/// inside words, by which "Hundesteuer" meets "Hundesteuersatzung" without a dictionary of compounds.
/// </summary>
internal sealed class SearchTerms
{
    private const int GramLength = 4;
    private const int LongestGrammedWord = 60;

    public Dictionary<string, int> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>A gram is its four UTF-16 code units in one number.</summary>
    public Dictionary<ulong, int> Grams { get; } = [];

    /// <summary>Weighted number of words added; the length that BM25 normalises by.</summary>
    public int Length { get; private set; }

    public int GramLengthTotal { get; private set; }

    /// <summary>Function and question words are left out: they are everywhere and tell nothing apart.</summary>
    public void Add(string text, int weight)
    {
        foreach (var token in GermanTokens.Read(text))
        {
            if (token.IsStopWord)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(Words, token.Term, out _) += weight;
            Length += weight;
            if (token.Kind is TokenKind.Word or TokenKind.FileNumber)
                AddGrams(token.Folded, weight);
        }
    }

    private void AddGrams(string word, int weight)
    {
        var end = Math.Min(word.Length, LongestGrammedWord);
        for (var i = 0; i + GramLength <= end; i++)
        {
            var gram = ((ulong)word[i] << 48) | ((ulong)word[i + 1] << 32) | ((ulong)word[i + 2] << 16) | word[i + 3];
            CollectionsMarshal.GetValueRefOrAddDefault(Grams, gram, out _) += weight;
            GramLengthTotal += weight;
        }
    }
}
