using LLMoin.Retrieval.Index.Text;

namespace LLMoin.UnitTests.Retrieval;

public sealed class TokenizingTests
{
    [Theory]
    [InlineData("§ 5 Abs. 2 Nr. 1 BauGB", "§5", "§5 abs2", "§5 abs2 nr1", "§5 baugb")]
    [InlineData("Paragraf 36 Absatz 2 Satz 2 BauGB", "§36", "§36 abs2", "§36 abs2 satz2", "§36 baugb")]
    [InlineData("Art. 6 Abs. 1 Buchst. c und e", "art6", "art6 abs1", "art6 abs1 bstc", "art6 abs1 bste")]
    [InlineData("§ 12a", "§12a")]
    [InlineData("§§ 3–5", "§3", "§4", "§5")]
    [InlineData("§§ 4 und 28", "§4", "§28")]
    [InlineData("§§ 31, 33 bis 35 BauGB", "§31", "§33", "§34", "§35", "§31 baugb", "§33 baugb", "§34 baugb", "§35 baugb")]
    [InlineData("§§ 29 bis\n38", "§29", "§30", "§31", "§32", "§33", "§34", "§35", "§36", "§37", "§38")]
    [InlineData("Anlage 2", "anl2")]
    public void A_reference_is_found_by_each_place_that_it_names(string text, params string[] expected) => Assert.Equal(expected, Exact(text));

    [Theory]
    [InlineData("§§ 1 bis 2385 BGB", "§1", "§2385", "§1 bgb", "§2385 bgb")]
    [InlineData("§ 5, 3 Tage", "§5", "3")]
    [InlineData("§ 5 und 3 Tage", "§5", "3")]
    [InlineData("§ und §§")]
    [InlineData("Absatz ohne Zahl, ein Artikel darüber, § ")]
    public void What_only_looks_like_more_is_not_read_as_more(string text, params string[] expected) => Assert.Equal(expected, Exact(text));

    [Theory]
    [InlineData("Nr. 4.2", "4.2")]
    [InlineData("Ziffer 5.4", "5.4")]
    [InlineData("15,00 EUR", "15")]
    [InlineData("12. 3. 2025", "12", "3", "2025")]
    public void Numbers_have_one_writing(string text, params string[] expected) => Assert.Equal(expected, Exact(text));

    [Theory]
    [InlineData("4711/2026-BA", "4711/2026-ba", "4711", "4711/2026")]
    [InlineData("VI B 3 – 100/21", "3", "vi b 3", "100/21", "vi b 3 100/21")]
    [InlineData("VI B 3 - 100/21", "3", "vi b 3", "100/21", "vi b 3 100/21")]
    [InlineData("RPA 14/2026", "14/2026", "rpa 14/2026")]
    [InlineData("DIN 66399", "66399", "din 66399")]
    [InlineData("116 116", "116", "116", "116 116")]
    [InlineData("TOP 6", "6", "top 6")]
    public void File_numbers_and_codes_are_found_whole_and_by_their_beginning(string text, params string[] expected)
        => Assert.Equal(expected.Order(StringComparer.Ordinal), Exact(text).Order(StringComparer.Ordinal));

    [Fact]
    public void Words_are_slices_of_the_text_and_hyphens_part_them()
    {
        const string text = "Die IT-Sicherheitsrichtlinie (Fassung „neu“) gilt.";
        Assert.Equal(["Die", "IT", "Sicherheitsrichtlinie", "Fassung", "neu", "gilt"], Read(text).Select(token => text[token.Start..token.End]));
    }

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        var random = new Random(7);
        const string alphabet = "aBä§§ 1234567890.,-–/()\n\"„“Abs Nr Art bis und é\u00AD\u0308\uD83D\uDE00ß";
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            foreach (var token in Read(text))
                Assert.True(token.Start >= 0 && token.End > token.Start && token.End <= text.Length, $"'{text}' {token}");
        }
    }

    private static IEnumerable<string> Exact(string text) => Read(text).Where(token => token.Exact is not null).Select(token => token.Exact!);

    private static List<SearchToken> Read(string text)
    {
        var tokens = new List<SearchToken>();
        Tokenizer.Read(text, tokens);
        return tokens;
    }
}
