using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Retrieval.Index;
using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>Lucene.Net in memory: passages as documents, title and headings in the same field as the text.</summary>
internal abstract class LuceneContender(string name, Similarity similarity) : Contender(name)
{
    protected const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private RAMDirectory _directory = new();
    private DirectoryReader? _reader;
    private IndexSearcher? _searcher;
    private List<Place> _places = [];

    /// <summary>Each field and how it takes texts apart.</summary>
    protected abstract IReadOnlyDictionary<string, Analyzer> Fields { get; }

    protected abstract Query Parse(string query);

    public override Task BuildAsync(IReadOnlyList<IndexedDocument> documents)
    {
        Close();
        _directory = new RAMDirectory();
        _places = [];
        var analyzer = new PerField(Fields);
        using (var writer = new IndexWriter(_directory, new IndexWriterConfig(Version, analyzer) { Similarity = similarity }))
        {
            for (var number = 0; number < documents.Count; number++)
            {
                for (var ordinal = 0; ordinal < documents[number].Passages.Count; ordinal++)
                {
                    var (headings, text) = documents[number].Passages[ordinal];
                    var lucene = new Document();
                    foreach (var field in Fields.Keys)
                        lucene.Add(new TextField(field, $"{documents[number].Title}\n{headings}\n{text}", Field.Store.NO));
                    writer.AddDocument(lucene);
                    _places.Add(new Place(number, ordinal));
                }
            }

            writer.ForceMerge(1);
        }

        _reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(_reader) { Similarity = similarity };
        return Task.CompletedTask;
    }

    public override ValueTask<IReadOnlyList<Place>> SearchAsync(string query)
        => ValueTask.FromResult<IReadOnlyList<Place>>([.. _searcher!.Search(Parse(query), 10).ScoreDocs.Select(hit => _places[hit.Doc])]);

    public override ValueTask DisposeAsync()
    {
        Close();
        return base.DisposeAsync();
    }

    /// <summary>Any of the words that the field's analyzer makes of the query.</summary>
    protected Query Any(string field, string query, float boost)
    {
        var any = new QueryBuilder(Fields[field]).CreateBooleanQuery(field, query, Occur.SHOULD) ?? new BooleanQuery();
        any.Boost = boost;
        return any;
    }

    private void Close()
    {
        _reader?.Dispose();
        _directory.Dispose();
    }

    private sealed class PerField(IReadOnlyDictionary<string, Analyzer> fields) : AnalyzerWrapper(PER_FIELD_REUSE_STRATEGY)
    {
        protected override Analyzer GetWrappedAnalyzer(string fieldName) => fields[fieldName];
    }
}
