using System.Text.Json;
using LLMoin.Chat.Functions.Runs;

namespace LLMoin.UnitTests.Chat.Functions;

public sealed class RunJsonTests
{
    [Theory]
    [InlineData("a\0b", "ab")]
    [InlineData("a\\u0000b", "a\\u0000b")]
    [InlineData("a\\\0", "a\\")]
    public void A_character_that_cannot_be_stored_goes_and_what_only_looks_like_it_stays(string text, string stored)
    {
        var json = JsonSerializer.Serialize(new StepAnswer(text, null), RunJson.Options);
        Assert.Equal(stored, JsonSerializer.Deserialize<StepAnswer>(json, RunJson.Options)!.Text);
    }
}
