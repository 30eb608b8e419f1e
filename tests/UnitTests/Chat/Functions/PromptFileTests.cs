using LLMoin.Chat.Functions;

namespace LLMoin.UnitTests.Chat.Functions;

public sealed class PromptFileTests
{
    [Fact]
    public void A_place_takes_its_value_as_it_is_and_an_empty_line_goes()
    {
        var filled = PromptFile.Named("summarise").Fill(("length", "120 Wörtern"), ("style", ""), ("language", "- Antworte auf Deutsch."), ("focus", "{{length}}"));
        Assert.Equal("summarise.v1", filled.Version);
        Assert.Equal("Fasse die Fundstellen in höchstens 120 Wörtern zusammen.\n{{length}}", filled.User);
        Assert.EndsWith("\n- Antworte auf Deutsch.", filled.System, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_without_a_value_and_a_prompt_that_is_not_there_are_said()
    {
        Assert.Contains("'length'", Assert.Throws<InvalidOperationException>(() => PromptFile.Named("summarise").Fill(("style", ""), ("language", ""), ("focus", ""))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => PromptFile.Named("gibt-es-nicht"));
    }
}
