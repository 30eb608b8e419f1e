using System.Buffers;
using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index;

/// <summary>A document as the index takes it.</summary>
/// <param name="Shared">Everyone in the tenant may find it; otherwise only its owner.</param>
/// <param name="Passages">Heading path and text by ordinal.</param>
internal sealed record IndexedDocument(Guid Id, string Owner, bool Shared, string Title, IReadOnlyList<(string HeadingPath, string Text)> Passages);

/// <summary>
/// One tenant's inverted index in memory: BM25 over stemmed words plus, with weight 0.3, over character 4-grams. Texts are not
/// kept. Many may search at once, but nobody while one adds or removes.
/// </summary>
internal sealed class TenantIndex
{
    private const float GramWeight = 0.3f;
    private const int HeadingWeight = 2;
    private const int TitleWeight = 1;

    private readonly Dictionary<string, Postings> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, Postings> _grams = [];
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly List<Entry> _documents = [];
    private readonly List<Passage> _passages = [];
    private int _alive;
    private long _wordsTotal;
    private long _gramsTotal;

    /// <summary>An estimate, within about a third.</summary>
    public long Bytes { get; private set; }

    /// <summary>Removed passages keep their place until the index is built anew; too many of them are worth that.</summary>
    public bool IsMostlyGone => _passages.Count > 1_000 && _alive < _passages.Count / 2;

    public void Add(IndexedDocument document)
    {
        Remove(document.Id);
        var number = _documents.Count;
        _numbers[document.Id] = number;
        _documents.Add(new Entry(document.Id, document.Owner, document.Shared));
        for (var ordinal = 0; ordinal < document.Passages.Count; ordinal++)
        {
            var (headings, text) = document.Passages[ordinal];
            var terms = new SearchTerms();
            terms.Add(text, 1);
            terms.Add(headings, HeadingWeight);
            terms.Add(document.Title, TitleWeight);
            Add(new Passage(number, ordinal, terms.Length, terms.GramLengthTotal), terms);
        }
    }

    public void Remove(Guid id)
    {
        if (!_numbers.Remove(id, out var number))
            return;
        _documents[number] = _documents[number] with { Gone = true };
        foreach (var passage in _passages)
        {
            if (passage.Document != number)
                continue;
            _alive--;
            _wordsTotal -= passage.Words;
            _gramsTotal -= passage.Grams;
        }
    }

    /// <param name="user">Whose private documents count, beside the shared ones.</param>
    /// <param name="query">What is sought.</param>
    /// <returns>Best first; equal scores in order of document and passage.</returns>
    public IReadOnlyList<ChunkHit> Search(string user, ChunkQuery query)
    {
        if (_alive == 0)
            return [];
        var allowed = new bool[_documents.Count];
        for (var i = 0; i < allowed.Length; i++)
        {
            var document = _documents[i];
            allowed[i] = !document.Gone && (document.Shared || document.Owner == user) && query.DocumentIds?.Contains(document.Id) != false;
        }

        var scores = ArrayPool<float>.Shared.Rent(_passages.Count);
        scores.AsSpan(0, _passages.Count).Clear();
        try
        {
            var terms = new SearchTerms();
            terms.Add(query.Text, 1);
            foreach (var word in terms.Words.Keys)
            {
                if (_words.TryGetValue(word, out var postings))
                    Score(postings, 1, words: true, allowed, scores);
            }

            foreach (var gram in terms.Grams.Keys)
            {
                if (_grams.TryGetValue(gram, out var postings))
                    Score(postings, GramWeight, words: false, allowed, scores);
            }

            return Best(scores, query.Limit);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private void Score(Postings postings, float weight, bool words, bool[] allowed, float[] scores)
    {
        var idf = weight * Bm25.Idf(_passages.Count, postings.Count);
        var average = Math.Max(1f, (float)(words ? _wordsTotal : _gramsTotal) / _alive);
        var passages = CollectionsMarshal.AsSpan(_passages);
        var frequencies = postings.Frequencies;
        var numbers = postings.Passages;
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var passage = ref passages[numbers[i]];
            if (allowed[passage.Document])
                scores[numbers[i]] += idf * Bm25.Saturate(frequencies[i], (words ? passage.Words : passage.Grams) / average);
        }
    }

    private ChunkHit[] Best(float[] scores, int limit)
    {
        // Worst first, so that it can leave when a better one comes; of equals the later passage leaves.
        var best = new PriorityQueue<int, (float Score, int Passage)>(
            Comparer<(float Score, int Passage)>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Passage.CompareTo(a.Passage)));
        for (var i = 0; i < _passages.Count; i++)
        {
            if (scores[i] <= 0)
                continue;
            if (best.Count < limit) best.Enqueue(i, (scores[i], i));
            else best.EnqueueDequeue(i, (scores[i], i));
        }

        var hits = new ChunkHit[best.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            var number = best.Dequeue();
            hits[i] = new ChunkHit(_documents[_passages[number].Document].Id, _passages[number].Ordinal, scores[number]);
        }

        return hits;
    }

    private void Add(Passage passage, SearchTerms terms)
    {
        var number = _passages.Count;
        _passages.Add(passage);
        _alive++;
        _wordsTotal += passage.Words;
        _gramsTotal += passage.Grams;
        foreach (var (word, frequency) in terms.Words)
            PostingsOf(_words, word, 100 + (2 * word.Length)).Add(number, frequency);
        foreach (var (gram, frequency) in terms.Grams)
            PostingsOf(_grams, gram, 100).Add(number, frequency);
        Bytes += 7L * (terms.Words.Count + terms.Grams.Count);
    }

    private Postings PostingsOf<T>(Dictionary<T, Postings> terms, T term, int bytes) where T : notnull
    {
        ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, term, out var exists);
        if (!exists)
            Bytes += bytes;
        return postings ??= new Postings();
    }

    private readonly record struct Entry(Guid Id, string Owner, bool Shared, bool Gone = false);

    /// <param name="Words">Weighted length in words.</param>
    /// <param name="Grams">Weighted length in 4-grams.</param>
    private readonly record struct Passage(int Document, int Ordinal, int Words, int Grams);
}
