using System.Buffers;
using LLMoin.Retrieval.Index.Text;

namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>One of the things a query asks for.</summary>
/// <param name="Number">Its number in the lexicon; -1 if no passage has it as it is.</param>
/// <param name="Word">Of a word, by whose parts it is found too; null for everything else.</param>
/// <param name="Passages">How many passages have it as it is.</param>
/// <param name="Worth">What it counts: more for a rare one.</param>
/// <param name="IsPlace">It is a section, file number or code.</param>
internal readonly record struct QueryTerm(int Number, Word? Word, int Passages, float Worth, bool IsPlace)
{
    private const float PlaceWeight = 3;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> PlainNumber = SearchValues.Create("0123456789.");

    /// <summary>
    /// What a term weighs beside being rare. A section, file number or code is asked for because it is that one; words around it
    /// ("Aktenzeichen") must not outweigh it. Plain numbers are like words.
    /// </summary>
    public static float WeightOf(bool isPlace) => isPlace ? PlaceWeight : 1;

    public static bool NamesPlace(ReadOnlySpan<char> term) => term.ContainsAny(Digits) && term.ContainsAnyExcept(PlainNumber);
}
