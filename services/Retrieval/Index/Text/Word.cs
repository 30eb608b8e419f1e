using LLMoin.Extractive.Text;

namespace LLMoin.Retrieval.Index.Text;

/// <param name="Stem">What it is found by, e.g. "genehm" for "Genehmigung" and "3" for "drei".</param>
/// <param name="Folded">In lower case, without umlauts and ß, e.g. "genehmigung".</param>
/// <param name="IsSilent">A function word: nothing is found by it.</param>
internal readonly record struct Word(string Stem, string Folded, bool IsSilent)
{
    /// <summary>It can be found by what it is made of.</summary>
    public bool HasParts => !IsSilent && Stem.Length > 1 && char.IsLetter(Stem[0]);

    public static Word Of(string word) => GermanTokens.Read(word) is [var token, ..] ? new Word(token.Term, token.Folded, token.IsStopWord) : new Word(word, word, true);
}
