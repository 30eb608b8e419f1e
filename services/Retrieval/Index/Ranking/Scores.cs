using System.Buffers;

namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>
/// Scores passages term by term. A word counts by BM25 over its own occurrences and those of words with the same parts: each distinct
/// part of it that a passage has adds its weight, so "Gebührenstundung" wants both halves. Buffers are rented: dispose.
/// </summary>
internal sealed class Scores : IDisposable
{
    /// <summary>What the parts of a word count against the word itself.</summary>
    public const float PartWeight = 0.5f;

    private readonly PassageTable _table;
    private readonly PostingList[] _postings;
    private readonly bool[] _admitted;
    private readonly Bm25 _bm25;
    private readonly float[] _scores;
    private readonly Match[] _matches;
    private readonly int[] _matched;

    /// <param name="admitted">Of each document, whether it is a candidate at all.</param>
    public Scores(PassageTable table, PostingList[] postings, bool[] admitted)
    {
        (_table, _postings, _admitted) = (table, postings, admitted);
        _bm25 = new Bm25(table.AverageLength);
        _scores = Rent<float>(table.Count);
        _matches = Rent<Match>(table.Count);
        _matched = ArrayPool<int>.Shared.Rent(table.Count);
    }

    /// <summary>Of each passage; 0 for one without anything asked for or without admission.</summary>
    public Span<float> All => _scores.AsSpan(0, _table.Count);

    /// <param name="more">Weight beside its own.</param>
    public void Add(QueryTerm term, float more = 0)
    {
        var weight = term.Worth + more;
        var passages = _table.Passages;
        foreach (var posting in _postings[term.Number].Items)
        {
            var (passage, frequency) = Posting.Read(posting);
            if (_admitted[passages[passage].Document])
                _scores[passage] += weight * _bm25.Saturate(frequency, passages[passage].Length);
        }
    }

    /// <param name="word">What is asked for.</param>
    /// <param name="similar">The words that share parts with it.</param>
    /// <param name="parts">What each part is worth.</param>
    public void Add(QueryTerm word, ReadOnlySpan<SimilarWord> similar, SimilarWords parts)
    {
        var count = 0;
        var matches = _matches.AsSpan(0, _table.Count);
        var matched = _matched.AsSpan(0, _table.Count);
        foreach (var other in similar)
        {
            var own = other.Term == word.Number ? word.Worth : 0;
            var weight = own + (PartWeight * parts.WeightOf(other.Parts));
            foreach (var posting in _postings[other.Term].Items)
            {
                var (passage, frequency) = Posting.Read(posting);
                ref var match = ref matches[passage];
                if (match.Parts == 0)
                {
                    matched[count++] = passage;
                    match = new Match { Parts = other.Parts, Weight = weight, Frequency = other.Share * frequency };
                    continue;
                }

                var more = other.Parts & ~match.Parts;
                match.Weight += own + (more == 0 ? 0 : PartWeight * parts.WeightOf(more));
                match.Parts |= more;
                match.Frequency += other.Share * frequency;
            }
        }

        var passages = _table.Passages;
        foreach (var passage in matched[..count])
        {
            ref var match = ref matches[passage];
            if (_admitted[passages[passage].Document])
                _scores[passage] += match.Weight * _bm25.Saturate(match.Frequency, passages[passage].Length);
            match = default;
        }
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<Match>.Shared.Return(_matches);
        ArrayPool<int>.Shared.Return(_matched);
    }

    private static T[] Rent<T>(int count)
    {
        var array = ArrayPool<T>.Shared.Rent(count);
        array.AsSpan(0, count).Clear();
        return array;
    }

    /// <summary>What a passage has of one asked word.</summary>
    private struct Match
    {
        public ulong Parts;
        public float Weight;
        public float Frequency;
    }
}
