using LLMoin.Retrieval.Index;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>What every store of the search index does, wherever it keeps the passages.</summary>
public abstract class IndexConformance
{
    private const string Tenant = "nordhafen";

    private static readonly string[] Everybody = ["tenant"];

    [Fact]
    public async Task Only_documents_that_name_one_of_the_principals_are_found()
    {
        var own = await AddAsync(["user:anna"], "Die Satzung der Feuerwehr.");
        var shared = await AddAsync(["department:ordnung", "role:tenant-admin"], "Die Satzung des Friedhofs.");
        await AddAsync(["user:berta"], "Die Satzung der Musikschule.");
        Assert.Equivalent(new[] { own, shared }, await IdsAsync("Satzung", "tenant", "user:anna", "department:ordnung"), strict: true);
        Assert.Equal([own], await IdsAsync("Satzung", "tenant", "user:anna"));
        Assert.Empty(await IdsAsync("Satzung", "user:ann"));
        Assert.Empty(await IdsAsync("Satzung"));
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another()
    {
        var id = Guid.CreateVersion7();
        await AddAsync("suedhafen", new IndexedDocument(id, Everybody, null, "Satzung", [("", "Die Satzung der Feuerwehr.")]), [[1, 0]]);
        Assert.Empty(await IdsAsync("Satzung", "tenant"));
        Assert.Empty((await SearchAsync(Tenant, Everybody, new ChunkQuery("Satzung", 10, new HashSet<Guid> { id }), [1, 0])).Hits);

        // Nor does its work touch another's.
        await RemoveAsync(Tenant, id);
        await ShareAsync(Tenant, id, ["user:anna"], null);
        Assert.Single((await SearchAsync("suedhafen", Everybody, new ChunkQuery("Satzung", 10), null)).Hits);
    }

    [Theory]
    [InlineData("Genehmigung", "Wer bauen will, braucht eine Baugenehmigung.")]
    [InlineData("Baugenehmigung", "Die Genehmigung wird schriftlich erteilt.")]
    [InlineData("Lastenradförderung", "Der Kauf eines Lastenrads wird gefördert.")]
    [InlineData("Baugenemigung", "Die Baugenehmigung erlischt nach drei Jahren.")]
    [InlineData("Gebuehrensatzung", "Es gilt die Gebührensatzung.")]
    [InlineData("Straße", "Die Strasse wird gefegt.")]
    [InlineData("Steuer", "Die Steuern steigen.")]
    [InlineData("§ 35 Abs. 1 Nr. 3 BauGB", "Vorhaben nach § 35 Abs. 1 Nr. 3 BauGB.")]
    [InlineData("Vorgang 4711/2026", "Vorgang 4711/2026-BA ist offen.")]
    public async Task Compounds_umlauts_inflections_misspellings_and_references_are_found(string query, string expected)
    {
        var passages = new[] { "Der Ausschuss tagt öffentlich.", expected, "Vorhaben nach § 35 Abs. 2 BauGB.", "Vorgang 4712/2026-BA ist offen.", "Die Bibliothek öffnet." };
        await AddAsync(Everybody, passages);
        Assert.Equal(1, (await FindAsync(query, Everybody)).Hits[0].Ordinal);
    }

    [Fact]
    public async Task Words_of_titles_and_headings_find_the_passages_below()
    {
        await AddAsync(Tenant, Document("Friedhofsordnung", ("Ruhezeiten", "Sie beträgt 25 Jahre."), ("Pflege", "Sie ist geboten.")), []);
        await AddAsync(Tenant, Document("Bauordnung", ("Ruhezeiten", "Sie gilt nachts.")), []);
        var hits = (await FindAsync("Ruhezeit Friedhof", Everybody)).Hits;
        Assert.Equal((3, 0), (hits.Count, hits[0].Ordinal));
    }

    [Fact]
    public async Task What_was_removed_is_found_no_more()
    {
        var gone = await AddAsync(Everybody, "Die Satzung der Feuerwehr.", "Die Satzung endet hier.");
        var kept = await AddAsync(Everybody, "Die Satzung des Friedhofs.");
        await RemoveAsync(Tenant, gone);
        Assert.Equal([kept], await IdsAsync("Satzung", "tenant"));
        await RemoveAsync(Tenant, gone);
    }

    [Fact]
    public async Task A_text_put_in_the_place_of_another_leaves_nothing_of_it()
    {
        var id = await AddAsync(Everybody, "Die Feuerwehr löscht.", "Die Feuerwehr rettet.", "Die Feuerwehr birgt.");
        await AddAsync(Tenant, new IndexedDocument(id, Everybody, null, "Dokument", [("", "Die Musikschule spielt.")]), []);
        Assert.Empty((await FindAsync("Feuerwehr", Everybody)).Hits);
        Assert.Single((await FindAsync("Musikschule", Everybody)).Hits);
    }

    [Fact]
    public async Task A_document_written_twice_is_there_once()
    {
        var document = Document("Dokument", ("", "Die Feuerwehr löscht."));
        await AddAsync(Tenant, document, []);
        await AddAsync(Tenant, document, []);
        Assert.Single((await FindAsync("Feuerwehr", Everybody)).Hits);
    }

    [Fact]
    public async Task A_document_that_changes_hands_is_found_by_its_new_readers_alone()
    {
        var id = await AddAsync(["department:ordnung"], "Die Satzung der Feuerwehr.", "Die Satzung endet.");
        var collection = Guid.CreateVersion7();
        await ShareAsync(Tenant, id, ["user:anna"], collection);
        Assert.Empty(await IdsAsync("Satzung", "department:ordnung"));
        Assert.Equal([id, id], await IdsAsync("Satzung", "user:anna"));
        Assert.Equal(2, (await SearchAsync(Tenant, ["user:anna"], new ChunkQuery("Satzung", 10, null, new HashSet<Guid> { collection }), null)).Hits.Count);

        await ShareAsync(Tenant, id, ["user:anna"], null);
        Assert.Empty((await SearchAsync(Tenant, ["user:anna"], new ChunkQuery("Satzung", 10, null, new HashSet<Guid> { collection }), null)).Hits);
        await ShareAsync(Tenant, Guid.CreateVersion7(), ["user:anna"], null);
    }

    [Fact]
    public async Task A_search_keeps_to_the_named_documents_and_collections()
    {
        var collection = Guid.CreateVersion7();
        var inside = Guid.CreateVersion7();
        await AddAsync(Tenant, new IndexedDocument(inside, Everybody, collection, "Satzung", [("", "Die Satzung der Feuerwehr.")]), []);
        var named = await AddAsync(Everybody, "Die Satzung des Friedhofs.");
        await AddAsync(Everybody, "Die Satzung der Musikschule.");
        var foreign = await AddAsync(["user:berta"], "Die Satzung der Verwaltung.");

        Assert.Equivalent(new[] { inside, named }, await IdsAsync([named, foreign], [collection]), strict: true);
        Assert.Equal([named], await IdsAsync([named, foreign], null));
        Assert.Equal([inside], await IdsAsync(null, [collection]));
        Assert.Empty(await IdsAsync([], null));
        Assert.Empty(await IdsAsync([], []));

        async Task<IReadOnlyList<Guid>> IdsAsync(Guid[]? documents, Guid[]? collections)
            => [.. (await SearchAsync(Tenant, Everybody, new ChunkQuery("Satzung", 10, documents?.ToHashSet(), collections?.ToHashSet()), null)).Hits.Select(hit => hit.DocumentId)];
    }

    [Fact]
    public async Task No_more_are_given_than_wanted_and_the_best_come_first()
    {
        await AddAsync(Everybody, [.. Enumerable.Range(0, 12).Select(i => i == 7 ? "Die Feuerwehr und die Gebühr." : "Die Gebühr ist fällig.")]);
        var hits = (await SearchAsync(Tenant, Everybody, new ChunkQuery("Gebühr der Feuerwehr", 5), null)).Hits;
        Assert.Equal((5, 7), (hits.Count, hits[0].Ordinal));
        Assert.Equal(hits.Select(hit => hit.Score), hits.Select(hit => hit.Score).OrderDescending());
    }

    [Fact]
    public async Task A_question_without_a_word_that_counts_finds_nothing()
    {
        await AddAsync(Everybody, "Die Satzung der Feuerwehr.");
        Assert.Empty((await FindAsync("und die der ?", Everybody)).Hits);
    }

    [Fact]
    public async Task With_a_vector_a_passage_is_found_by_its_meaning_too()
    {
        var id = await AddWithVectorsAsync(Everybody, ("Für jeden Hund ist eine Abgabe fällig.", [1, 0]), ("Die Miete ist fällig.", [0, 1]));
        var found = await FindAsync("Vierbeiner", Everybody, [1, 0.1f]);
        Assert.Equal((SearchKind.Hybrid, null), (found.Kind, found.Reason));
        Assert.Equal([(id, 0), (id, 1)], found.Hits.Select(hit => (hit.DocumentId, hit.Ordinal)));
        Assert.Empty((await FindAsync("Vierbeiner", Everybody)).Hits);
    }

    [Fact]
    public async Task What_words_and_meaning_both_know_comes_first()
    {
        await AddWithVectorsAsync(Everybody, ("Der Hund bellt.", [0.8f, 0.6f]), ("Ein Vierbeiner schläft.", [0.9f, 0.4f]), ("Die Miete steigt.", [1, 0]));
        var hits = (await FindAsync("Vierbeiner", Everybody, [1, 0])).Hits;
        Assert.Equal(1, hits[0].Ordinal);
    }

    [Fact]
    public async Task By_meaning_too_foreign_and_removed_passages_are_no_candidates()
    {
        await AddWithVectorsAsync(["user:berta"], ("Der Hund beißt.", [1, 0]));
        var gone = await AddWithVectorsAsync(Everybody, ("Der Hund bellt.", [1, 0]));
        var kept = await AddWithVectorsAsync(Everybody, ("Die Miete steigt.", [0, 1]));
        await RemoveAsync(Tenant, gone);
        Assert.Equal([kept], (await FindAsync("Vierbeiner", Everybody, [1, 0])).Hits.Select(hit => hit.DocumentId));
    }

    [Theory]
    [InlineData("§ 12")]
    [InlineData("Vorgang 32-4/2026-117")]
    [InlineData("\"nach § 12 gilt\"")]
    public async Task What_stands_there_literally_is_sought_by_words_alone(string query)
    {
        await AddWithVectorsAsync(Everybody, ("Der Vorgang 32-4/2026-117 nach § 12 gilt.", [1, 0]));
        var found = await FindAsync(query, Everybody, [0, 1]);
        Assert.Equal((SearchKind.Lexical, Found.Literal), (found.Kind, found.Reason));
        Assert.Single(found.Hits);
    }

    [Fact]
    public async Task A_vector_of_another_model_is_not_compared()
    {
        await AddWithVectorsAsync(Everybody, ("Der Hund bellt.", [1, 0]));
        Assert.Equal(SearchKind.Lexical, (await FindAsync("Hund", Everybody, [1, 0, 0])).Kind);
    }

    /// <param name="tenant">Whose it is.</param>
    /// <param name="document">Put in the place of the one with its id.</param>
    /// <param name="vectors">Of its passages, in order; none for words alone.</param>
    private protected abstract Task AddAsync(string tenant, IndexedDocument document, float[][] vectors);

    private protected abstract Task ShareAsync(string tenant, Guid id, string[] readers, Guid? collection);

    private protected abstract Task RemoveAsync(string tenant, Guid id);

    private protected abstract Task<Found> SearchAsync(string tenant, IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector);

    private static IndexedDocument Document(string title, params (string, string)[] passages) => new(Guid.CreateVersion7(), Everybody, null, title, passages);

    private async Task<Guid> AddAsync(string[] readers, params string[] passages)
    {
        var document = new IndexedDocument(Guid.CreateVersion7(), readers, null, "Dokument", [.. passages.Select(text => ("", text))]);
        await AddAsync(Tenant, document, []);
        return document.Id;
    }

    private async Task<Guid> AddWithVectorsAsync(string[] readers, params (string Text, float[] Vector)[] passages)
    {
        var document = new IndexedDocument(Guid.CreateVersion7(), readers, null, "Dokument", [.. passages.Select(passage => ("", passage.Text))]);
        await AddAsync(Tenant, document, [.. passages.Select(passage => passage.Vector)]);
        return document.Id;
    }

    private Task<Found> FindAsync(string query, string[] principals, float[]? vector = null) => SearchAsync(Tenant, principals, new ChunkQuery(query, 10), vector);

    private async Task<IReadOnlyList<Guid>> IdsAsync(string query, params string[] principals)
        => [.. (await FindAsync(query, principals)).Hits.Select(hit => hit.DocumentId)];
}
