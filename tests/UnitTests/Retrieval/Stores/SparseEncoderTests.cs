using LLMoin.Retrieval.Index.Text;
using LLMoin.Retrieval.Qdrant;
using LLMoin.Retrieval.Qdrant.Api;

namespace LLMoin.UnitTests.Retrieval.Stores;

public sealed class SparseEncoderTests
{
    private readonly SparseEncoder _encoder = new();

    [Theory]
    [InlineData("Gebührensatzung", "Die Gebuehrensatzung gilt.")]
    [InlineData("Steuern", "Steuer")]
    [InlineData("§ 17 des Bundesmeldegesetzes", "Nach § 17 BMG.")]
    public void A_question_meets_the_passage_that_says_it_otherwise(string question, string passage)
        => Assert.True(Product(question, Passage(passage)) > 1);

    [Fact]
    public void A_passage_with_parts_of_the_asked_word_scores_less_than_one_with_the_word()
    {
        var (whole, part, other) = (Product("Baugenehmigung", Passage("Baugenehmigung")), Product("Baugenehmigung", Passage("Genehmigung")), Product("Baugenehmigung", Passage("Friedhof")));
        Assert.True(whole > part && part > 0);
        Assert.Equal(0, other);
    }

    [Fact]
    public void A_word_counts_more_often_said_and_less_in_a_long_passage()
    {
        const string Filler = " Anlage Stand Lage Plan Karte Amt Kreis Brücke Halle Wiese Garten";
        var once = Product("Feuerwehr", Passage("Feuerwehr"));
        Assert.True(Product("Feuerwehr", Passage("Feuerwehr Feuerwehr Feuerwehr")) > once);
        Assert.True(Product("Feuerwehr", Passage("Feuerwehr" + string.Concat(Enumerable.Repeat(Filler, 20)))) < once);
        Assert.True(Product("Feuerwehr", Passage(string.Join(' ', Enumerable.Repeat("Feuerwehr", 200)))) < once * 3);
    }

    [Fact]
    public void A_dimension_is_the_same_in_every_process()
    {
        // Stored vectors outlive processes and versions: a changed hash would make them all unfindable.
        Assert.Equal(4_052_355_332u, Dimension.Of("feuerwehr"));
        Assert.Empty(Dimension.PartsOf("§35 abs1"));
        Assert.Equal(8, Dimension.PartsOf("feuerwehr").Distinct().Count());
    }

    [Fact]
    public void Dimensions_stand_in_order_and_once()
    {
        var vector = Passage("Die Feuerwehr löscht, die Feuerwehr rettet, und § 35 gilt. " + string.Join(' ', Enumerable.Range(0, 500).Select(i => $"Wort{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}")));
        Assert.Equal(vector.Indices.Distinct().Order(), vector.Indices);
        Assert.Equal(vector.Indices.Count, vector.Values.Count);
        Assert.All(vector.Values, value => Assert.InRange(value, 0.01f, 3f));
    }

    [Fact]
    public void What_has_no_word_has_no_vector()
    {
        Assert.Null(_encoder.Passage("", "", "und die der – …"));
        Assert.Null(SparseEncoder.Question(AskedText.Read("und die der ?")));
    }

    [Fact]
    public void A_pasted_page_asks_for_a_bounded_number_of_words()
    {
        var page = string.Join(' ', Enumerable.Range(0, 600).Select(i => $"{1000 + i}"));
        Assert.Equal(SparseEncoder.MostTerms, SparseEncoder.Question(AskedText.Read(page))!.Indices.Count);
    }

    private SparseVector Passage(string text) => _encoder.Passage("", "", text)!;

    private static double Product(string question, SparseVector passage)
    {
        var asked = SparseEncoder.Question(AskedText.Read(question))!;
        var values = passage.Indices.Zip(passage.Values).ToDictionary();
        return asked.Indices.Zip(asked.Values).Sum(asked => asked.Second * values.GetValueOrDefault(asked.First));
    }
}
