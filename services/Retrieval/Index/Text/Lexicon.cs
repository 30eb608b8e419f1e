using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// A tenant's terms and their numbers. Words are numbered by stem, everything else by canonical writing. Function and question words
/// have a number too, for phrases, but nothing is found by them.
/// </summary>
/// <param name="grams">Where words are noted by their parts; null where nobody asks for these.</param>
internal sealed class Lexicon(WordGrams? grams)
{
    private const int RememberedWords = 1 << 14;
    private const int BytesPerTerm = 98;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Term, bool IsSilent)> _terms = [];

    /// <summary>Words as they were written of late, so that the same few are not stemmed again and again.</summary>
    private readonly (string? Word, int Term)[] _remembered = new (string?, int)[RememberedWords];

    public int Count => _terms.Count;

    public long Bytes { get; private set; } = 24 * RememberedWords;

    /// <summary>A function word: it is everywhere and tells nothing apart.</summary>
    public bool IsSilent(int term) => _terms[term].IsSilent;

    /// <summary>How it is written, e.g. "genehm" or "§35 abs1".</summary>
    public string Term(int number) => _terms[number].Term;

    /// <summary>The number of the token's term; a new one if it has none yet.</summary>
    public int Number(string text, SearchToken token)
    {
        if (token.Exact is not null)
            return Number(token.Exact);
        var word = text.AsSpan(token.Start, token.End - token.Start);
        ref var remembered = ref _remembered[Hash(word) % RememberedWords];
        if (remembered.Word is null || !word.SequenceEqual(remembered.Word))
            remembered = (word.ToString(), Number(Word.Of(word.ToString())));
        return remembered.Term;
    }

    /// <summary>The number of what is no word; a new one if it has none yet.</summary>
    public int Number(string exact) => Number(exact, silent: false);

    /// <summary>The term's number; -1 if nothing has it.</summary>
    public int Find(string term) => _numbers.GetValueOrDefault(term, -1);

    private int Number(Word word)
    {
        var number = Number(word.Stem, word.IsSilent);
        if (grams is not null && word.HasParts)
        {
            grams.Add(number, word.Stem);
            grams.Add(number, word.Folded);
        }

        return number;
    }

    private int Number(string term, bool silent)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, term, out var exists);
        if (!exists)
        {
            number = _terms.Count;
            _terms.Add((term, silent));
            Bytes += BytesPerTerm + (2 * term.Length);
        }

        return number;
    }

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = (uint)word.Length;
        foreach (var letter in word)
            hash = (hash * 31) + letter;
        return (hash * 0x9E3779B1) >> 12;
    }
}
