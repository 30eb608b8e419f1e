using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Ingestion;
using LLMoin.UnitTests.Extractive;

namespace LLMoin.UnitTests.Retrieval;

public sealed class RankingTests
{
    private static readonly string[] Everybody = ["tenant"];

    private readonly TenantIndex _index = new();

    [Theory]
    [InlineData("Hundesteuer", "Die Hundesteuersatzung gilt im ganzen Stadtgebiet.")]
    [InlineData("Was kostet das Parken für Anwohner?", "Ein Anwohnerparkausweis kostet 30 Euro im Jahr.")]
    [InlineData("Gebuehren fuer Muell", "Über die Gebühren für Müll entscheidet der Rat.")]
    [InlineData("Strasse sperren", "Straßensperrungen sind vorab anzuzeigen.")]
    [InlineData("Häuser abreißen", "Wer ein Haus abreißt, braucht eine Genehmigung.")]
    public void Compounds_umlauts_and_inflected_words_are_found(string query, string expected)
    {
        Add(Everybody, "Die Bibliothek öffnet um zehn Uhr.", expected, "Der Ausschuss tagt einmal im Monat öffentlich.");

        Assert.Equal(1, Best(query).Ordinal);
    }

    [Theory]
    [InlineData("Was steht in § 12?", 1)]
    [InlineData("Paragraf 2", 0)]
    [InlineData("§ 12a", 2)]
    [InlineData("Aktenzeichen 32-4/2026-117", 3)]
    public void References_and_file_numbers_are_exact(string query, int expected)
    {
        Add(Everybody, "Nach § 2 der Satzung gilt dies.", "Nach § 12 der Satzung gilt dies.", "Nach § 12a der Satzung gilt dies.",
            "Der Vorgang 32-4/2026-117 ist abgeschlossen.", "Der Vorgang 32-4/2026-118 ist offen.");

        Assert.Equal(expected, Best(query).Ordinal);
    }

    [Fact]
    public void What_one_may_not_see_is_no_candidate()
    {
        var secret = Add(["user:berta"], "Das geheime Bauvorhaben liegt am Hafen.");
        var shared = Add(["role:user", "department:bau"], "Ein Bauvorhaben braucht eine Genehmigung.");

        Assert.Equal([shared], Search(["tenant", "user:anna", "department:bau"], "geheimes Bauvorhaben am Hafen"));
        Assert.Equal(2, Search(["user:berta", "role:user"], "geheimes Bauvorhaben am Hafen").Count);
        Assert.Empty(Search(["tenant", "user:anna", "department:bau"], "Hafen", secret));
        Assert.Empty(Search(["tenant", "user:anna", "user:bert", "department:ba"], "Bauvorhaben"));
        Assert.Empty(Search([], "Bauvorhaben"));
    }

    [Fact]
    public void What_has_changed_hands_is_found_by_the_new_readers_only()
    {
        var id = Add(["department:bau"], "Die Brücke wird saniert.");
        var collection = Guid.CreateVersion7();
        _index.Share(id, ["group:wiki/planung"], collection);

        Assert.Empty(Search(["department:bau"], "Brücke"));
        Assert.Equal([id], Search(["group:wiki/planung"], "Brücke"));
        Assert.Single(_index.Search(["group:wiki/planung"], new ChunkQuery("Brücke", 10, null, new HashSet<Guid> { collection })));
    }

    [Fact]
    public void Chosen_collections_and_documents_are_searched_together_and_nothing_else()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var one = Add(Everybody, first, "Die Gebühr steht in der Satzung.");
        var other = Add(Everybody, second, "Die Gebühr ist erlassen.");
        var loose = Add(Everybody, "Die Gebühr ist fällig.");

        Assert.Equal([one], Ids(new ChunkQuery("Gebühr", 10, null, new HashSet<Guid> { first })));
        Assert.Equal(new[] { one, loose }.Order(), Ids(new ChunkQuery("Gebühr", 10, new HashSet<Guid> { loose }, new HashSet<Guid> { first })).Order());
        Assert.Equal([other], Ids(new ChunkQuery("Gebühr", 10, new HashSet<Guid>(), new HashSet<Guid> { second })));
        Assert.Empty(Ids(new ChunkQuery("Gebühr", 10, new HashSet<Guid>())));
        Assert.Equal(3, Ids(new ChunkQuery("Gebühr", 10)).Count);
    }

    [Fact]
    public void A_removed_document_is_gone_and_a_changed_one_is_found_as_it_is_now()
    {
        var id = Add(Everybody, "Die Sporthalle ist geschlossen.");
        _index.Remove(id);
        Assert.Empty(Search(Everybody, "Sporthalle"));

        _index.Add(new IndexedDocument(id, Everybody, null, "Aushang", [("", "Die Schwimmhalle ist geöffnet.")]));
        Assert.Equal([id], Search(Everybody, "Schwimmhalle"));
        Assert.Equal(1, Best("Schwimmhalle geöffnet", limit: 5).Count);
    }

    [Theory]
    [InlineData("wer was")]
    [InlineData("§ ?!")]
    public void A_query_without_a_word_to_look_for_finds_nothing(string query)
    {
        Add(Everybody, "Wer darf was in dieser Satzung?");
        Assert.Empty(Search(Everybody, query));
    }

    /// <summary>Questions of samples/questions.jsonl against all sample documents, as the platform asks them.</summary>
    [Fact]
    public void The_right_document_and_section_come_first_for_the_sample_questions()
    {
        var names = new Dictionary<Guid, string>();
        var sections = new Dictionary<(Guid, int), string>();
        foreach (var (name, text) in SampleCorpus.Documents)
        {
            var chunks = Chunker.Split(text);
            var id = Guid.CreateVersion7();
            names[id] = name;
            for (var i = 0; i < chunks.Count; i++)
                sections[(id, i)] = string.Join(' ', chunks[i].HeadingPath) + " " + chunks[i].In(text);
            _index.Add(new IndexedDocument(id, Everybody, null, chunks[0].HeadingPath is [var title, ..] ? title : name,
                [.. chunks.Select(chunk => (string.Join(' ', chunk.HeadingPath), chunk.In(text)))]));
        }

        var asked = SampleCorpus.Questions.Where(question => question.Document is not null && question.AnswerContains is { Length: > 0 }).ToList();
        int document = 0, first = 0, six = 0;
        foreach (var question in asked)
        {
            var hits = _index.Search(Everybody, new ChunkQuery(question.Question, 6, null));
            bool Answers(ChunkHit hit) => names[hit.DocumentId] == question.Document
                && question.AnswerContains!.Any(part => sections[(hit.DocumentId, hit.Ordinal)].ReplaceLineEndings(" ").Contains(part, StringComparison.Ordinal));
            document += hits.Count > 0 && names[hits[0].DocumentId] == question.Document ? 1 : 0;
            first += hits.Count > 0 && Answers(hits[0]) ? 1 : 0;
            six += hits.Any(Answers) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{asked.Count} questions: document first {document}, passage first {first}, among six {six}");
        Assert.True(document >= asked.Count * 0.9, $"document first: {document} of {asked.Count}");
        Assert.True(six >= asked.Count * 0.9, $"passage among six: {six} of {asked.Count}, first: {first}");
    }

    private Guid Add(string[] readers, params string[] passages) => Add(readers, null, passages);

    private Guid Add(string[] readers, Guid? collection, params string[] passages)
    {
        var id = Guid.CreateVersion7();
        _index.Add(new IndexedDocument(id, readers, collection, "Dokument", [.. passages.Select(text => ("", text))]));
        return id;
    }

    private IReadOnlyList<Guid> Ids(ChunkQuery query) => [.. _index.Search(Everybody, query).Select(hit => hit.DocumentId)];

    private IReadOnlyList<Guid> Search(string[] principals, string query, params Guid[] only)
        => [.. _index.Search(principals, new ChunkQuery(query, 10, only.Length == 0 ? null : only.ToHashSet())).Select(hit => hit.DocumentId)];

    private (int Ordinal, int Count) Best(string query, int limit = 3)
    {
        var hits = _index.Search(Everybody, new ChunkQuery(query, limit, null));
        Assert.NotEmpty(hits);
        return (hits[0].Ordinal, hits.Count);
    }
}
