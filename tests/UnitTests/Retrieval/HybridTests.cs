using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Index.Ranking;

namespace LLMoin.UnitTests.Retrieval;

public sealed class HybridTests
{
    private static readonly string[] Everybody = ["tenant"];

    private readonly TenantIndex _index = new();

    [Fact]
    public void What_both_rankings_know_comes_before_what_one_has_first()
    {
        var fused = Fusion.Of([7, 3, 5], [9, 3, 4]);
        Assert.Equal([3, 7, 9, 5, 4], fused.Select(hit => hit.Passage));
        Assert.Equal(1, Fusion.Of([3], [3])[0].Score, 5);
    }

    [Fact]
    public void A_passage_without_any_of_the_words_is_found_by_its_meaning()
    {
        var id = Add(Everybody, [("Für jeden Hund ist eine Abgabe fällig.", [1, 0]), ("Die Miete ist fällig.", [0, 1])]);
        var found = Search("Vierbeiner", [1, 0.1f]);
        Assert.Equal(SearchKind.Hybrid, found.Kind);
        Assert.Equal([(id, 0), (id, 1)], found.Hits.Select(hit => (hit.DocumentId, hit.Ordinal)));
        Assert.Empty(Search("Vierbeiner", null).Hits);
    }

    [Fact]
    public void Foreign_and_removed_passages_are_no_candidates_by_meaning_either()
    {
        Add(["user:berta"], [("Der Hund beißt.", [1, 0])]);
        var gone = Add(Everybody, [("Der Hund bellt.", [1, 0])]);
        var kept = Add(Everybody, [("Die Miete steigt.", [0, 1])]);
        _index.Remove(gone);
        Assert.Equal([kept], Search("Vierbeiner", [1, 0]).Hits.Select(hit => hit.DocumentId));
    }

    [Fact]
    public void A_text_that_was_replaced_is_not_found_by_its_old_vector()
    {
        var id = Add(Everybody, [("Der Hund bellt.", [1, 0])]);
        _index.Add(new IndexedDocument(id, Everybody, null, "Dokument", [("", "Die Miete steigt.")]));
        Assert.Empty(Search("Vierbeiner", [1, 0]).Hits);
        _index.Place(id, 0, [0, 1]);
        Assert.Single(Search("Vierbeiner", [1, 0]).Hits);
    }

    [Theory]
    [InlineData("§ 12")]
    [InlineData("Vorgang 32-4/2026-117")]
    [InlineData("\"nach § 12 gilt\"")]
    public void What_stands_there_literally_is_sought_by_words_alone(string query)
    {
        Add(Everybody, [("Der Vorgang 32-4/2026-117 nach § 12 gilt.", [1, 0])]);
        var found = Search(query, [0, 1]);
        Assert.Equal((SearchKind.Lexical, Found.Literal), (found.Kind, found.Reason));
        Assert.Single(found.Hits);
    }

    [Fact]
    public void A_vector_of_another_model_is_not_compared()
    {
        Add(Everybody, [("Der Hund bellt.", [1, 0]), ("Die Miete steigt.", [0, 0, 1])]);
        var found = Search("Miete", [0, 0, 1]);
        Assert.Equal((SearchKind.Lexical, Found.NoVectors), (found.Kind, found.Reason));
        Assert.Equal(1, Assert.Single(found.Hits).Ordinal);
    }

    private Guid Add(string[] readers, (string Text, float[] Vector)[] passages)
    {
        var id = Guid.CreateVersion7();
        _index.Add(new IndexedDocument(id, readers, null, "Dokument", [.. passages.Select(passage => ("", passage.Text))]));
        foreach (var (ordinal, passage) in passages.Index())
            _index.Place(id, ordinal, passage.Vector);
        return id;
    }

    private Found Search(string query, float[]? vector) => _index.Search(Everybody, new ChunkQuery(query, 10), vector);
}
