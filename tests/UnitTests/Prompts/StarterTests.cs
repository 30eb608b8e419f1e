using LLMoin.Prompts.Starters;

namespace LLMoin.UnitTests.Prompts;

public sealed class StarterTests
{
    [Fact]
    public void Every_starter_can_be_read_and_has_an_id_and_a_name_of_its_own()
    {
        var starters = StarterTemplates.Read().ToList();

        Assert.True(starters.Count >= 6);
        Assert.Equal(starters.Count, starters.Select(starter => starter.Id).Distinct().Count());
        Assert.Equal(starters.Count, starters.Select(starter => starter.Input.Name).Distinct().Count());
    }
}
