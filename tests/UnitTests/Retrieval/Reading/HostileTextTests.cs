using System.Diagnostics;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Texts that nobody wrote to be read.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("leer.txt")]
    [InlineData("leer.html")]
    public async Task A_hundred_megabytes_of_white_space_end(string name)
    {
        var file = new byte[100_000_000];
        Array.Fill(file, (byte)' ');

        var outcome = await Files.ReadElsewhereAsync(file, name, new ReadingOptions { Seconds = 60 });

        Assert.True(outcome.Document is null ? outcome.Reason is "no-words" or "too-much-text" or "too-complex" : outcome.Document.Text.Length == 0, outcome.Reason ?? "It has a text.");
    }

    /// <summary>Cutting runs in the service itself: a text of the greatest length must not keep it busy for minutes.</summary>
    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData("|")]
    [InlineData("| a ")]
    [InlineData("#")]
    [InlineData("- ")]
    [InlineData("1.")]
    [InlineData("(1) ")]
    [InlineData("§ 1 ")]
    [InlineData("§ 1 A\n")]
    [InlineData("> ")]
    [InlineData("Nr. ")]
    [InlineData("a b  ")]
    [InlineData("=\n")]
    [InlineData("a: ")]
    [InlineData("„")]
    public void A_text_that_repeats_itself_is_cut_in_seconds(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, new ReadingOptions().MaxCharacters / part.Length));
        var watch = Stopwatch.StartNew();

        var chunks = Chunker.Split(text);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
        Assert.All(chunks, chunk => Assert.InRange(chunk.End - chunk.Start, 1, 4_100));
    }
}
