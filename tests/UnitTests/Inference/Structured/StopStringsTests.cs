using LLMoin.Inference.Structured;

namespace LLMoin.UnitTests.Inference.Structured;

public sealed class StopStringsTests
{
    [Theory]
    [InlineData("abcd", "bc", "a")]
    [InlineData("abcd", "x", "abcd")]
    [InlineData("aabaab", "aabx,ab", "a")]
    [InlineData("abc", "abc,b", "a")]
    [InlineData("abc", "c,bc", "a")]
    [InlineData("aaab", "aab", "a")]
    [InlineData("ende", "", "ende")]
    [InlineData("En ENDE", "ENDE", "En ")]
    public void An_answer_ends_before_the_first_stop_string_that_is_complete(string text, string stops, string expected)
    {
        Assert.Equal(expected, Run(stops.Split(','), [text]));
        Assert.Equal(expected, Run(stops.Split(','), text.Select(character => character.ToString())));
    }

    [Fact]
    public void Any_cutting_ends_at_the_same_place()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            string Word(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => "ab"[random.Next(2)]));
            var (text, stops) = (Word(40), new[] { Word(7), Word(7), Word(7) });

            Assert.Equal(Run(stops, [text]), Run(stops, Outputs.Cut(text, random)));
        }
    }

    [Fact]
    public void Only_what_may_become_a_stop_string_waits()
    {
        var stop = new StopStrings(["###", "Nutzer:"]);

        Assert.Equal("Hallo ", stop.Feed("Hallo #"));
        Assert.Equal("#1 ", stop.Feed("1 Nu"));
        Assert.Equal("Nuss", stop.Feed("ss"));
        Assert.Equal("", stop.Feed("##"));
        Assert.Equal("##", stop.Release());
        Assert.False(stop.Stopped);
    }

    private static string Run(IEnumerable<string> stops, IEnumerable<string> deltas)
    {
        var stop = new StopStrings(stops);
        return string.Concat(deltas.Select(stop.Feed).ToList()) + stop.Release();
    }
}
