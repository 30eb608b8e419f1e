using System.Text;

namespace LLMoin.InferenceTests;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("Die Straßenreinigungsgebühr beträgt 12,50 € je Quartal.")]
    [InlineData("§ 5 Abs. 2 Nr. 1 BauGB – „Zuständigkeit“; Az.: 4711/2026-BA")]
    [InlineData("Ä Ö Ü ä ö ü ß ẞ é ñ 漢字 😀\t\n  zwei  Leerzeichen")]
    [InlineData("<|im_start|>system")]
    public void A_text_comes_back_from_its_tokens_unchanged(string text)
    {
        var vocabulary = LlamaBed.Model.Vocabulary;
        var bytes = new List<byte>();
        foreach (var token in vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false))
            bytes.AddRange(vocabulary.Piece(token));

        Assert.Equal(text, Encoding.UTF8.GetString([.. bytes]));
    }

    [Fact]
    public void The_text_of_a_control_token_becomes_that_token_only_where_asked()
    {
        var vocabulary = LlamaBed.Model.Vocabulary;

        Assert.Single(vocabulary.Tokenize("<|im_end|>", addSpecial: false, parseSpecial: true));
        Assert.True(vocabulary.Tokenize("<|im_end|>", addSpecial: false, parseSpecial: false).Length > 1);
        Assert.Contains("<|im_start|>", vocabulary.ControlTexts());
    }

    [Fact]
    public void A_million_characters_are_tokenised()
    {
        var text = string.Concat(Enumerable.Repeat("Die Behörde prüft den Antrag. ", 35_000));

        Assert.True(LlamaBed.Tokens(text).Length > 100_000);
    }
}
