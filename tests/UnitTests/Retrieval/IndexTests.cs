using LLMoin.Retrieval.Index;

namespace LLMoin.UnitTests.Retrieval;

public sealed class IndexTests
{
    private readonly TenantIndex _index = new();

    [Theory]
    [InlineData("Genehmigung", "Wer bauen will, braucht eine Baugenehmigung.")]
    [InlineData("Baugenehmigung", "Die Genehmigung wird schriftlich erteilt.")]
    [InlineData("Genehmigungsgebühr", "Für Genehmigungen wird eine Gebühr erhoben.")]
    [InlineData("Rad", "Gefördert wird das Lastenrad.")]
    [InlineData("Lastenradförderung", "Der Kauf eines Lastenrads wird gefördert.")]
    [InlineData("Baugenemigung", "Die Baugenehmigung erlischt nach drei Jahren.")]
    public void Parts_of_compounds_are_found_both_ways_and_misspelled(string query, string expected)
    {
        Add("Der Ausschuss tagt einmal im Monat öffentlich.", expected, "Die Bibliothek öffnet um zehn Uhr.");
        Assert.Equal(1, Search(query)[0].Ordinal);
    }

    [Theory]
    [InlineData("Gebuehrensatzung", "Gebührensatzung")]
    [InlineData("Gebührensatzung", "Gebuehrensatzung")]
    [InlineData("Straße", "Strasse")]
    [InlineData("STRASSE", "Straße")]
    [InlineData("Steuer", "Steuern")]
    public void Umlauts_and_sharp_s_are_one_with_their_transcriptions(string query, string written)
    {
        Add("Hier steht nichts davon.", $"Hier steht {written} im Text.");
        Assert.Equal([1], Search(query).Select(hit => hit.Ordinal));
    }

    [Theory]
    [InlineData("Hat jemand § 35 Abs. 1 Nr. 3 BauGB gelesen?", 2)]
    [InlineData("§ 35 Abs. 1 Nr. 1", 0)]
    [InlineData("§ 35 Abs. 2", 1)]
    [InlineData("§ 4", 3)]
    [InlineData("§ 28 VwVfG", 4)]
    public void A_reference_finds_its_very_place_first(string query, int expected)
    {
        Add("Vorhaben nach § 35 Abs. 1 Nr. 1 BauGB.", "Vorhaben nach § 35 Abs. 2 BauGB.", "Vorhaben nach § 35 Abs. 1 Nr. 3 BauGB.",
            "Es gelten die §§ 3 bis 5 BauGB.", "Anhörung nach § 28 Abs. 1 VwVfG.", "Fristen nach § 28 Abs. 2 BauGB.");
        Assert.Equal(expected, Search(query)[0].Ordinal);
    }

    [Fact]
    public void A_numbered_paragraph_is_found_by_the_section_it_stands_under()
    {
        _index.Add(new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Satzung",
            [("§ 3 Umfang", "(1) Etwas.\n(2) Anderes."), ("§ 4 Winterdienst", "(1) Räumen.\n(2) Streuen."), ("§ 5 Gebühren", "(1) Höhe.\n(2) Fälligkeit.")]));
        Assert.Equal(1, Search("§ 4 Abs. 2")[0].Ordinal);
    }

    [Theory]
    [InlineData("4711/2026-BA", 1)]
    [InlineData("Vorgang 4711/2026", 1)]
    [InlineData("VI B 3 - 100/21", 2)]
    [InlineData("Wo finde ich das Aktenzeichen zum Rundschreiben, Aktenzeichen VI B 3 – 101/21?", 3)]
    public void A_file_number_outweighs_the_words_around_it(string query, int expected)
    {
        Add("Das Aktenzeichen steht auf jedem Rundschreiben, auch bei Rundschreiben ohne eigenes Aktenzeichen.", "Vorgang 4711/2026-BA ist offen.",
            "Rundschreiben, Aktenzeichen VI B 3 – 100/21.", "Rundschreiben, Aktenzeichen VI B 3 – 101/21.", "Vorgang 4712/2026-BA ist offen.");
        Assert.Equal(expected, Search(query)[0].Ordinal);
    }

    [Theory]
    [InlineData("\"öffentliche Einrichtung\"", 1)]
    [InlineData("„öffentliche Einrichtung“", 1)]
    [InlineData("»Stab für außergewöhnliche Ereignisse«", 2)]
    public void Quoted_words_must_stand_in_that_order(string query, int expected)
    {
        Add("Die Einrichtung ist eine öffentliche. Der Stab tagt bei Ereignissen, auch für außergewöhnliche.", "Sie ist eine öffentliche Einrichtung der Stadt.",
            "Es tagt der Stab für außergewöhnliche Ereignisse.");
        Assert.Equal([expected], Search(query).Select(hit => hit.Ordinal));
    }

    [Fact]
    public void A_phrase_is_not_found_where_its_numbers_only_look_alike()
    {
        // Terms above 127 take two bytes, whose second may be another term's only one.
        var sequence = TermSequence.Pack([300, 2, 5]);
        Assert.True(TermSequence.Contains(sequence, TermSequence.Pack([2, 5])));
        Assert.True(TermSequence.Contains(sequence, TermSequence.Pack([300, 2])));
        Assert.False(TermSequence.Contains(TermSequence.Pack([(2 << 7) | 9, 5]), TermSequence.Pack([2, 5])));
        Assert.True(TermSequence.Contains(TermSequence.Pack([(2 << 7) | 9, 5, 2, 5]), TermSequence.Pack([2, 5])));
    }

    [Fact]
    public void Quoted_words_that_nobody_wrote_are_sought_like_others()
    {
        Add("Die Einrichtung ist geschlossen.", "Der Weg ist öffentlich.");
        Assert.Equal(2, Search("\"geschlossene öffentliche Einrichtung\"").Count);
        Assert.Single(Search("\"Weg\""));
    }

    [Fact]
    public void A_phrase_in_somebody_elses_private_document_does_not_change_what_one_finds()
    {
        var shared = Add("Die Halle ist offen, das geheime Vorhaben ruht.");
        _index.Add(new IndexedDocument(Guid.CreateVersion7(), ["user:berta"], null, "Notiz", [("", "Ein geheimes Vorhaben am Hafen.")]));
        Assert.Equal([shared], Search("\"Vorhaben am Hafen\"").Select(hit => hit.DocumentId));
    }

    [Fact]
    public void Words_of_titles_and_headings_find_the_passages_below()
    {
        _index.Add(new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Friedhofsordnung", [("Ruhezeiten", "Sie beträgt 25 Jahre."), ("Pflege", "Sie ist geboten.")]));
        _index.Add(new IndexedDocument(Guid.CreateVersion7(), ["tenant"], null, "Bauordnung", [("Ruhezeiten", "Sie gilt nachts.")]));
        Assert.Equal(0, Search("Ruhezeit Friedhof")[0].Ordinal);
        Assert.Equal(3, Search("Ruhezeit Friedhof").Count);
    }

    [Fact]
    public void Words_that_stand_together_come_before_the_same_words_apart()
    {
        const string filler = "Danach folgen Angaben zur Anlage, zum Stand, zur Lage, zum Plan, zur Karte, zum Amt und zum Kreis.";
        Add($"Der Zuschuss ist hoch. {filler} Die Miete ist niedrig.", $"Der Zuschuss zur Miete ist hoch. {filler} Sie ist niedrig.");
        Assert.Equal(1, Search("Zuschuss Miete")[0].Ordinal);
    }

    [Fact]
    public void Any_query_is_answered_however_long_or_odd()
    {
        Add("Die Satzung regelt die Gebühr für das Halten von Hunden.");
        var long1 = string.Join(' ', Enumerable.Range(0, 500).Select(i => $"wort{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}x Gebühr"));
        Assert.Single(Search(long1));
        Assert.Empty(Search(new string('"', 2000)));
        Assert.Empty(Search(new string('§', 2000)));
        Assert.Single(Search(new string('x', 1990) + " Hunde"));
        Assert.Single(Search("\u0041\u0308rger \uD83D\uDE00 „ \" Hunde"));
    }

    [Fact]
    public void An_index_that_was_changed_often_finds_what_is_there_and_nothing_else()
    {
        var random = new Random(11);
        string[] words = ["Antrag", "Bauantrag", "Gebühr", "Gebührensatzung", "Frist", "Hund", "Hundesteuer", "Straße", "Reinigung", "Straßenreinigung", "§ 5", "12/2026-7"];
        IndexedDocument Document(Guid id) => new(id, ["tenant"], null, "Dokument",
            [.. Enumerable.Range(0, 3).Select(_ => ("", string.Join(' ', Enumerable.Range(0, 4).Select(_ => words[random.Next(words.Length)]))))]);

        var ids = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToList();
        var kept = new Dictionary<Guid, IndexedDocument>();
        foreach (var id in ids.Concat(ids).Concat(ids))
        {
            _index.Add(kept[id] = Document(id));
            if (random.Next(3) == 0)
            {
                _index.Remove(id);
                kept.Remove(id);
            }
        }

        foreach (var word in words)
        {
            var found = _index.Search(["tenant"], new ChunkQuery(word, 200)).Select(hit => (hit.DocumentId, hit.Ordinal)).ToList();
            var with = kept.Values.SelectMany(document => document.Passages.Index().Where(passage => passage.Item.Text.Contains(word, StringComparison.Ordinal))
                .Select(passage => (document.Id, passage.Index))).ToList();
            Assert.NotEmpty(with);
            Assert.Empty(with.Except(found));
            Assert.All(found, hit => Assert.Contains(hit.DocumentId, kept.Keys));
        }
    }

    [Fact]
    public void A_search_allocates_little_however_large_the_index()
    {
        var random = new Random(5);
        foreach (var _ in Enumerable.Range(0, 200))
            Add([.. Enumerable.Range(0, 20).Select(_ => string.Join(' ', Enumerable.Range(0, 60).Select(_ => "Wort" + (char)('a' + random.Next(26)) + (char)('a' + random.Next(26)) + "gebühr")))]);
        Search("Wortabgebühr Wortbcgebühr");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            Search("Wortabgebühr Wortbcgebühr");
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 0, 60_000);
    }

    private Guid Add(params string[] passages)
    {
        var id = Guid.CreateVersion7();
        _index.Add(new IndexedDocument(id, ["tenant"], null, "Dokument", [.. passages.Select(text => ("", text))]));
        return id;
    }

    private IReadOnlyList<ChunkHit> Search(string query) => _index.Search(["tenant", "user:anna"], new ChunkQuery(query, 10));
}
