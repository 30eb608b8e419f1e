using Lucene.Net.Analysis;
using Lucene.Net.Analysis.De;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>Lucene.Net as it comes: its German analyzer (light stemming, German stop words) and BM25 with k1 1.2 and b 0.75.</summary>
internal sealed class LuceneGerman() : LuceneContender("Lucene.Net GermanAnalyzer", new BM25Similarity())
{
    protected override IReadOnlyDictionary<string, Analyzer> Fields { get; } = new Dictionary<string, Analyzer> { ["text"] = new GermanAnalyzer(Version) };

    protected override Query Parse(string query) => Any("text", query, 1);
}
