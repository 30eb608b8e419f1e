using System.Diagnostics;
using LLMoin.Prompts.Examples;

namespace LLMoin.UnitTests.Prompts;

public sealed class ExampleCheckTests
{
    private const string Answer = "Der Antrag ist bis zum 31. März zu stellen [1]. Die Frist steht in § 5 und wird nicht verlängert [2].";

    [Fact]
    public void An_answer_that_keeps_everything_has_no_faults()
        => Assert.Empty(ExampleCheck.Faults(Answer, new(["antrag", "31. März"], ["April"], [@"§\s*5", "^der"], Cites: 2, MinWords: 10, MaxWords: 25, Language: "de")));

    [Theory]
    [InlineData("does not contain \"April\"")]
    [InlineData("contains \"Frist\"")]
    [InlineData("does not match /§ 6/")]
    [InlineData("has 2 citations, expected at least 3")]
    [InlineData("has 20 words, expected at least 50")]
    [InlineData("has 20 words, expected at most 5")]
    [InlineData("is not written in 'en'")]
    public void Each_fault_is_named(string fault)
    {
        Expectation[] expectations =
        [
            new(Contains: ["April"]), new(NotContains: ["Frist"]), new(Matches: ["§ 6"]), new(Cites: 3), new(MinWords: 50), new(MaxWords: 5), new(Language: "en"),
        ];
        var faults = expectations.SelectMany(expect => ExampleCheck.Faults(Answer, expect)).ToList();
        Assert.Equal(expectations.Length, faults.Count);
        Assert.Contains(fault, faults);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_is_a_fault_and_ends()
    {
        var clock = Stopwatch.StartNew();
        var fault = Assert.Single(ExampleCheck.Faults(new string('a', 60) + "!", new(Matches: ["^(a|aa)+$"])));
        Assert.StartsWith("took longer", fault, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("The request must be made by March and is not extended.", "en")]
    [InlineData("Das ist der Bescheid, und er wird nicht geändert.", "de")]
    [InlineData("42", null)]
    public void A_language_is_told_by_its_small_words(string text, string? language) => Assert.Equal(language, WrittenLanguage.Of(text));
}
