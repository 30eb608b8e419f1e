using System.Buffers;
using LLMoin.Retrieval.Index.Ranking;
using LLMoin.Retrieval.Index.Text;
using LLMoin.Retrieval.Index.Vectors;

namespace LLMoin.Retrieval.Index;

/// <summary>A document as the index takes it.</summary>
/// <param name="Readers">The principals who may find it.</param>
/// <param name="Collection">The collection that it is in, or null.</param>
/// <param name="Passages">Heading path and text by ordinal.</param>
internal sealed record IndexedDocument(
    Guid Id, IReadOnlyList<string> Readers, Guid? Collection, string Title, IReadOnlyList<(string HeadingPath, string Text)> Passages);

/// <summary>
/// One tenant's inverted index in memory. Texts are not kept, only which terms a passage has and in what order. Many may search at
/// once, but nobody while one adds or removes. How it ranks and why: docs/retrieval.md.
/// </summary>
internal sealed class TenantIndex
{
    private const int BytesPerTerm = 24;

    /// <summary>So many of the best are looked at more closely, for where the words stand in them.</summary>
    private const int MostInspected = 50;

    /// <summary>A word that so many passages have needs no relatives to be found.</summary>
    private const int Common = 1000;

    private readonly WordGrams _grams = new();
    private readonly Lexicon _lexicon;
    private readonly PassageTable _table = new();
    private readonly PassageTerms _terms;
    private readonly PassageVectors _vectors = new();
    private PostingList[] _postings = new PostingList[1024];
    private long _postingBytes;

    public TenantIndex()
    {
        _lexicon = new Lexicon(_grams);
        _terms = new PassageTerms(_lexicon);
    }

    /// <summary>An estimate, within about a tenth.</summary>
    public long Bytes => _lexicon.Bytes + _grams.Bytes + _table.Bytes + _vectors.Bytes + _postingBytes + (BytesPerTerm * _postings.Length);

    /// <summary>Removed passages keep their place until the index is built anew; too many of them are worth that.</summary>
    public bool IsMostlyGone => _table.IsMostlyGone;

    /// <summary>Adds a document or puts it in the place of the one with its id.</summary>
    /// <exception cref="InvalidOperationException">The tenant has more than 16 million passages.</exception>
    public void Add(IndexedDocument document)
    {
        if (_table.Count + document.Passages.Count > PassageTable.Most)
            throw new InvalidOperationException($"An index holds at most {PassageTable.Most} passages.");
        _table.Add(document);
        foreach (var (headings, text) in document.Passages)
        {
            _terms.Read(document.Title, headings, text);
            if (_postings.Length < _lexicon.Count)
                Array.Resize(ref _postings, Math.Max(_lexicon.Count, _postings.Length * 2));
            var passage = _table.Add(_terms.Length, TermSequence.Pack(_terms.Sequence));
            foreach (var term in _terms.Terms)
                _postingBytes += _postings[term].Add(Posting.Of(passage, _terms.Frequency(term)));
        }
    }

    /// <summary>Gives a document other readers; one that is not here stays so.</summary>
    public void Share(Guid id, IReadOnlyList<string> readers, Guid? collection) => _table.Share(id, readers, collection);

    public void Remove(Guid id) => _table.Remove(id);

    /// <summary>Gives a passage its vector; one that is not here, or has it, stays as it is.</summary>
    /// <exception cref="ArgumentException">The vector has no direction.</exception>
    public void Place(Guid id, int ordinal, ReadOnlySpan<float> vector)
    {
        if (_table.Find(id, ordinal) is { } passage)
            _vectors.Add(passage, vector);
    }

    /// <summary>Searches by words alone.</summary>
    public IReadOnlyList<ChunkHit> Search(IReadOnlyCollection<string> principals, ChunkQuery query) => Search(principals, query, null).Hits;

    /// <param name="principals">Those of who asks; a document that names none of them as reader is no candidate.</param>
    /// <param name="query">What is sought.</param>
    /// <param name="vector">The query's, for searching by meaning too; null for words alone.</param>
    /// <returns>Best first; equal scores in order of document and passage.</returns>
    public Found Search(IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector)
    {
        if (_table.IsEmpty)
            return new Found([], SearchKind.Lexical, Found.NoVectors);
        var asked = Query.Read(query.Text, _lexicon, _postings, _table.Count);
        var admitted = ArrayPool<bool>.Shared.Rent(_table.Documents);
        _table.Admit(principals, query, admitted);
        try
        {
            var byWords = Rank(asked, admitted, Math.Max(query.Limit, vector is null ? 0 : Fusion.Depth));
            if (vector is null || !_vectors.Fits(vector) || asked.IsLiteral)
            {
                var reason = asked.IsLiteral ? Found.Literal : Found.NoVectors;
                return new Found([.. byWords.Take(query.Limit).Select(hit => _table.Hit(hit.Passage, hit.Score))], SearchKind.Lexical, reason);
            }

            var byMeaning = _vectors.Nearest(vector, Fusion.Depth, _table.Passages, admitted);
            var fused = Fusion.Of([.. byWords.Select(hit => hit.Passage)], byMeaning);
            return new Found([.. fused.Take(query.Limit).Select(hit => _table.Hit(hit.Passage, hit.Score))], SearchKind.Hybrid, null);
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(admitted);
        }
    }

    private (int Passage, float Score)[] Rank(Query asked, bool[] admitted, int limit)
    {
        using var scores = new Scores(_table, _postings, admitted);
        var (closeness, whole) = Score(asked, scores);
        if (asked.Phrases.Count > 0)
            KeepPhrases(asked, scores.All);
        var best = Best.Of(scores.All, Math.Max(MostInspected, limit));
        closeness.Raise(best, scores.All);
        var ranked = new (int Passage, float Score)[best.Count];
        for (var i = 0; i < ranked.Length; i++)
            ranked[i] = (best[i], scores.All[best[i]] / whole);
        Array.Sort(ranked, static (a, b) => b.Score.CompareTo(a.Score) is not 0 and var order ? order : a.Passage.CompareTo(b.Passage));
        return ranked[..Math.Min(limit, ranked.Length)];
    }

    /// <returns>Where the words are sought next to each other, and what a passage with each of them once scores about.</returns>
    private (Closeness Closeness, float Whole) Score(Query asked, Scores scores)
    {
        var closeness = new Closeness(_table);
        var whole = 0f;
        using var words = new SimilarWords(_grams, _lexicon.Count, _table.Count);
        foreach (var term in asked.Terms)
        {
            var parts = term.Word is { } word ? words.Ask(word, _postings) : 0;
            whole += term.Worth + (Scores.PartWeight * parts);
            if (term.Word is not null && term.Passages < Common)
            {
                var similar = words.Find(_postings);
                scores.Add(term, similar, words);
                closeness.Ask(term.Worth, similar);
            }
            else if (term.Number >= 0)
            {
                scores.Add(term, Scores.PartWeight * parts);
                if (term.Word is not null)
                    closeness.Ask(term);
            }
        }

        return (closeness, whole);
    }

    /// <summary>What stands in quotation marks must stand so in the passage, unless nothing that the user may see has it.</summary>
    private void KeepPhrases(Query asked, Span<float> scores)
    {
        var kept = new Dictionary<int, float>();
        foreach (var passage in Phrases.Find(asked.Phrases, _table, _postings) ?? [])
        {
            if (scores[passage] > 0)
                kept[passage] = scores[passage];
        }

        if (kept.Count == 0)
            return;
        scores.Clear();
        foreach (var (passage, score) in kept)
            scores[passage] = score;
    }
}
