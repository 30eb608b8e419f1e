using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Index.Ranking;
using LLMoin.Retrieval.Index.Text;
using LLMoin.Retrieval.Qdrant;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>
/// What the vectors that Qdrant gets are worth: ranks by them as Qdrant's documentation says that it does (inner product, weighed by
/// its <c>idf</c>), in this process and for one tenant. The quality is Qdrant's as far as that holds; latency is not.
/// </summary>
internal sealed class SparseFormula() : Contender("Qdrant's formula")
{
    private const int Most = 10;

    private readonly Dictionary<uint, List<(int Passage, float Value)>> _postings = [];
    private readonly List<Place> _places = [];

    public override Task BuildAsync(IReadOnlyList<IndexedDocument> documents)
    {
        _postings.Clear();
        _places.Clear();
        var encoder = new SparseEncoder();
        foreach (var (number, document) in documents.Index())
        {
            foreach (var (ordinal, (headings, text)) in document.Passages.Index())
            {
                if (encoder.Passage(document.Title, headings, text) is { } vector)
                {
                    foreach (var (dimension, value) in vector.Indices.Zip(vector.Values))
                    {
                        if (!_postings.TryGetValue(dimension, out var list))
                            _postings[dimension] = list = [];
                        list.Add((_places.Count, value));
                    }
                }

                _places.Add(new Place(number, ordinal));
            }
        }

        return Task.CompletedTask;
    }

    public override ValueTask<IReadOnlyList<Place>> SearchAsync(string query)
    {
        var scores = new float[_places.Count];
        if (SparseEncoder.Question(AskedText.Read(query)) is { } asked)
        {
            foreach (var (dimension, weight) in asked.Indices.Zip(asked.Values))
            {
                if (!_postings.TryGetValue(dimension, out var list))
                    continue;
                var rarity = MathF.Log(1 + ((_places.Count - list.Count + 0.5f) / (list.Count + 0.5f)));
                foreach (var (passage, value) in list)
                    scores[passage] += weight * rarity * value;
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Place>>([.. Best.Of(scores, Most).Select(passage => _places[passage])]);
    }
}
