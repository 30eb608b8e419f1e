using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Which words of a lexicon have which four letters in a row, their edges counted as letters: by these a part of a compound, another
/// inflection or a misspelling meets the word without a dictionary. The index is over words, not over passages, and so stays small.
/// </summary>
internal sealed class WordGrams
{
    /// <summary>Longer words are compared by their beginning.</summary>
    public const int Most = 60;

    private const int Length = 4;
    private const char Edge = '\0';
    private const int BytesPerGram = 80;
    private const int BytesPerWriting = 24;

    private readonly Dictionary<ulong, int> _slots = [];
    private readonly HashSet<ulong> _known = [];

    /// <summary>Of each gram the terms of the words with it; one may stand there more than once.</summary>
    private PostingList[] _terms = new PostingList[1024];

    /// <summary>Of each gram how many passages have it, in the low half, as of how many in the index, in the high half.</summary>
    private long[] _passages = new long[1024];

    public long Bytes { get; private set; }

    /// <summary>Adds those grams of a word to the first <paramref name="count"/> that are not among them yet.</summary>
    /// <returns>How many they are then.</returns>
    public static int Of(ReadOnlySpan<char> word, Span<ulong> grams, int count = 0)
    {
        var gram = (ulong)Edge;
        for (var i = 0; i <= word.Length && count < Most; i++)
        {
            // Four UTF-16 code units are one number.
            gram = (gram << 16) | (i < word.Length ? word[i] : Edge);
            if (i + 2 >= Length && !grams[..count].Contains(gram))
                grams[count++] = gram;
        }

        return count;
    }

    /// <summary>Notes a way of writing the term, such as one of its inflections; again does no harm.</summary>
    public void Add(int term, string writing)
    {
        if (!_known.Add(Hash(writing)))
            return;
        Bytes += BytesPerWriting;
        Span<ulong> grams = stackalloc ulong[Most];
        foreach (var gram in grams[..Of(writing, grams)])
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, gram, out var exists);
            if (!exists)
            {
                slot = _slots.Count - 1;
                Bytes += BytesPerGram;
                if (slot == _terms.Length)
                {
                    Array.Resize(ref _terms, slot * 2);
                    Array.Resize(ref _passages, slot * 2);
                }
            }

            if (_terms[slot].Items is not [.., var last] || last != term)
                Bytes += _terms[slot].Add((uint)term);
        }
    }

    /// <summary>Terms of the words that have the gram.</summary>
    public ReadOnlySpan<uint> TermsWith(ulong gram) => _slots.TryGetValue(gram, out var slot) ? _terms[slot].Items : [];

    /// <summary>How many passages have the gram, if that was counted for an index of so many passages; else -1.</summary>
    public int PassagesWith(ulong gram, int passages)
        => !_slots.TryGetValue(gram, out var slot) ? 0 : Volatile.Read(ref _passages[slot]) is var known && known >> 32 == passages ? (int)known : -1;

    /// <summary>Keeps what was counted until the index grows. Searches at the same time may count twice, but the same.</summary>
    public void Remember(ulong gram, int passages, int with)
    {
        if (_slots.TryGetValue(gram, out var slot))
            Volatile.Write(ref _passages[slot], ((long)passages << 32) | (uint)with);
    }

    /// <summary>FNV-1a of 64 bits (draft-eastlake-fnv): of a million words no two are likely to share one, and if they did, little is lost.</summary>
    private static ulong Hash(string word)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in word)
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        return hash;
    }
}
