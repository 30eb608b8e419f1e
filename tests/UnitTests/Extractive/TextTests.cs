using LLMoin.Extractive;
using LLMoin.Extractive.Text;

namespace LLMoin.UnitTests.Extractive;

public sealed class TextTests
{
    /// <summary>Pairs as PostgreSQL 15's german_stem (Snowball's own implementation) gives them.</summary>
    [Theory]
    [InlineData("aufeinanderfolgenden", "aufeinanderfolg")]
    [InlineData("katzen", "katz")]
    [InlineData("kategorischen", "kategor")]
    [InlineData("zeugnisse", "zeugnis")]
    [InlineData("verständnisses", "verstandnis")]
    [InlineData("bürgermeisterinnen", "burgermeisterinn")]
    [InlineData("lieblichkeit", "lieblich")]
    [InlineData("freundlichkeiten", "freundlich")]
    [InlineData("künstlich", "kunstlich")]
    [InlineData("häuser", "haus")]
    [InlineData("neuester", "neu")]
    [InlineData("bauen", "bau")]
    [InlineData("beleidigungen", "beleid")]
    [InlineData("teilweise", "teilweis")]
    [InlineData("verschiedenheit", "verschied")]
    [InlineData("musikalisch", "musikal")]
    [InlineData("abendessen", "abendess")]
    public void Words_have_the_stems_of_the_snowball_algorithm(string word, string stem) => Assert.Equal(stem, GermanStemmer.Stem(word));

    [Theory]
    [InlineData("Gebühren", "Gebuehr")]
    [InlineData("Straße", "Strasse")]
    [InlineData("zurückgezahlt", "zurückzahlen")]
    [InlineData("abzurechnen", "abrechnen")]
    [InlineData("genutzt", "nutzen")]
    [InlineData("§ 12", "Paragraph 12")]
    [InlineData("Absatz 3", "Abs. 3")]
    [InlineData("1.234,50", "1234,5")]
    [InlineData("01.03.2026", "1.3.2026")]
    [InlineData("drei", "3")]
    public void Different_writings_meet_in_one_term(string one, string other)
        => Assert.Equal(GermanTokens.Read(one).Select(token => token.Term), GermanTokens.Read(other).Select(token => token.Term));

    [Fact]
    public void File_numbers_and_references_stay_whole()
    {
        var tokens = GermanTokens.Read("Az. 32-4/2026-117 nach § 12a Abs. 3, E-Mail-Adresse");

        Assert.Equal(["az", "32-4/2026-117", "nach", "§12a", "abs3", "e", "mail", "adress"], tokens.Select(token => token.Term));
        Assert.Equal([TokenKind.FileNumber, TokenKind.Reference], tokens.Where(token => token.Kind is not TokenKind.Word).Select(token => token.Kind).Distinct());
    }

    [Fact]
    public void Steuer_and_Steuern_meet() => Assert.Equal(GermanTokens.Read("Steuer")[0].Term, GermanTokens.Read("Steuern")[0].Term);

    [Fact]
    public void Token_spans_point_into_the_source()
    {
        foreach (var text in SampleCorpus.Documents.Values)
        {
            var position = 0;
            foreach (var token in GermanTokens.Read(text))
            {
                Assert.True(token.Start >= position && token.Length > 0 && token.Start + token.Length <= text.Length);
                position = token.Start + token.Length;
            }
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Hallo, Welt!", 4)]
    [InlineData("Straßenreinigungsgebührensatzung 2026", 8)]
    public void Tokens_are_counted_the_same_way_for_input_and_output(string text, int tokens) => Assert.Equal(tokens, ExtractiveAnswer.CountTokens(text));
}
