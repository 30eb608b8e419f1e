using System.Buffers;
using System.Numerics;
using LLMoin.Retrieval.Index.Text;

namespace LLMoin.Retrieval.Index.Ranking;

/// <param name="Term">A word of the lexicon.</param>
/// <param name="Parts">Which grams of the asked word it has, a bit each.</param>
/// <param name="Share">How much of the asked word they are, by weight: 1 is all.</param>
internal readonly record struct SimilarWord(int Term, ulong Parts, float Share);

/// <summary>
/// The words that share parts with an asked one, and what each part is worth. A part that many passages have ("ung") is worth little, as
/// with words. Buffers are rented: dispose.
/// </summary>
internal sealed class SimilarWords : IDisposable
{
    /// <summary>Words that share less are noise and many.</summary>
    private const float LeastShare = 0.08f;

    private const int Most = 256;

    /// <summary>So many passages, those of the most similar words, are looked at for one asked word; this bounds the time.</summary>
    private const int MostPostings = 20_000;

    private const int Steps = 128;

    private readonly WordGrams _grams;
    private readonly int _passages;
    private readonly ulong[] _asked = new ulong[WordGrams.Most];
    private readonly float[] _weights = new float[WordGrams.Most];
    private readonly SimilarWord[] _found = new SimilarWord[Most];
    private readonly Shared[] _shared;
    private readonly int[] _sharing;
    private int _count;
    private float _whole;

    /// <param name="terms">How many the lexicon has.</param>
    /// <param name="passages">How many the index has.</param>
    public SimilarWords(WordGrams grams, int terms, int passages)
    {
        (_grams, _passages) = (grams, passages);
        _sharing = ArrayPool<int>.Shared.Rent(terms);
        _shared = ArrayPool<Shared>.Shared.Rent(terms);
        _shared.AsSpan(0, terms).Clear();
    }

    /// <summary>Takes a word apart for the calls that follow.</summary>
    /// <returns>What all its parts are worth together.</returns>
    public float Ask(Word word, PostingList[] postings)
    {
        _count = WordGrams.Of(word.Folded, _asked, WordGrams.Of(word.Stem, _asked));
        _whole = 0;
        for (var i = 0; i < _count; i++)
            _whole += _weights[i] = Bm25.Idf(_passages, PassagesWith(_asked[i], postings));
        return _whole;
    }

    /// <summary>The words most like the asked one, itself included if the lexicon has it; good until the next call.</summary>
    public ReadOnlySpan<SimilarWord> Find(PostingList[] postings)
    {
        var sharing = 0;
        for (var i = 0; i < _count; i++)
        {
            var part = 1UL << i;
            foreach (var term in _grams.TermsWith(_asked[i]))
            {
                ref var shared = ref _shared[term];
                if (shared.Parts == 0)
                    _sharing[sharing++] = (int)term;
                if ((shared.Parts & part) != 0)
                    continue;
                shared.Parts |= part;
                shared.Weight += _weights[i];
            }
        }

        return Take(sharing, postings);
    }

    /// <summary>What these parts of the asked word are worth together.</summary>
    public float WeightOf(ulong parts)
    {
        var weight = 0f;
        for (; parts != 0; parts &= parts - 1)
            weight += _weights[BitOperations.TrailingZeroCount(parts)];
        return weight;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_sharing);
        ArrayPool<Shared>.Shared.Return(_shared);
    }

    /// <summary>How many passages have a word with the gram; one with several such words counts for each.</summary>
    private int PassagesWith(ulong gram, PostingList[] postings)
    {
        var with = _grams.PassagesWith(gram, _passages);
        if (with >= 0)
            return with;
        var terms = _grams.TermsWith(gram);
        var sum = 0L;
        foreach (var term in terms)
        {
            sum += _shared[term].Parts == 0 ? postings[term].Count : 0;
            _shared[term].Parts = 1;
        }

        foreach (var term in terms)
            _shared[term] = default;
        with = (int)Math.Min(sum, _passages);
        _grams.Remember(gram, _passages, with);
        return with;
    }

    /// <summary>Of too many those with the largest shares, found by counting shares instead of sorting words.</summary>
    private ReadOnlySpan<SimilarWord> Take(int sharing, PostingList[] postings)
    {
        Span<int> words = stackalloc int[Steps + 1];
        Span<long> passages = stackalloc long[Steps + 1];
        words.Clear();
        passages.Clear();
        foreach (var term in _sharing.AsSpan(0, sharing))
        {
            var step = Step(_shared[term].Weight / _whole);
            words[step]++;
            passages[step] += postings[term].Count;
        }

        // The asked word itself and what differs by its ending are always among them.
        var (least, many, deep) = (Steps, words[Steps], passages[Steps]);
        while (least > 0 && many + words[least - 1] <= Most && deep + passages[least - 1] <= MostPostings)
        {
            least--;
            many += words[least];
            deep += passages[least];
        }

        var taken = 0;
        foreach (var term in _sharing.AsSpan(0, sharing))
        {
            var (parts, share) = (_shared[term].Parts, _shared[term].Weight / _whole);
            _shared[term] = default;
            if (share >= LeastShare && Step(share) >= least && taken < Most)
                _found[taken++] = new SimilarWord(term, parts, MathF.Min(1, share));
        }

        return _found.AsSpan(0, taken);
    }

    private static int Step(float share) => Math.Min(Steps, (int)(share * Steps));

    private struct Shared
    {
        public ulong Parts;
        public float Weight;
    }
}
