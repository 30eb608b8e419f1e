using LLMoin.Extractive.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.NGram;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>
/// Lucene.Net at its best that we know of for German: words stemmed by Snowball's German2 without stop and question words, and 4-grams of
/// characters inside words with weight 0.3; BM25 with k1 0.6 and b 0.75.
/// </summary>
internal sealed class LuceneRecipe() : LuceneContender("Lucene.Net words and 4-grams", new BM25Similarity(0.6f, 0.75f))
{
    private const float GramWeight = 0.3f;

    private static readonly CharArraySet Stops = new(Version, StopWords.German, ignoreCase: true);

    protected override IReadOnlyDictionary<string, Analyzer> Fields { get; } = new Dictionary<string, Analyzer>
    {
        ["words"] = Of(words => new SnowballFilter(new LowerCaseFilter(Version, words), new German2Stemmer())),
        ["grams"] = Of(words => new NGramTokenFilter(Version, words, 4, 4)),
    };

    protected override Query Parse(string query)
        => new BooleanQuery { { Any("words", query, 1), Occur.SHOULD }, { Any("grams", query, GramWeight), Occur.SHOULD } };

    private static Analyzer Of(Func<TokenStream, TokenStream> finish) => Analyzer.NewAnonymous((_, reader) =>
    {
        var words = new StandardTokenizer(Version, reader);
        return new TokenStreamComponents(words, finish(new StopFilter(Version, new LowerCaseFilter(Version, words), Stops)));
    });
}
