using System.Text;
using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Summaries;

namespace LLMoin.UnitTests.Extractive;

public sealed class SummarizerTests(ITestOutputHelper output)
{
    [Fact]
    public void A_summary_is_sentences_of_the_source_in_its_order_and_of_the_length_asked_for()
    {
        foreach (var text in SampleCorpus.Documents.Values)
        {
            var summary = Summarizer.Summarize([text], SummaryLength.Sentences(6), TestContext.Current.CancellationToken);
            var own = SentenceSplitter.Split(text).Select(sentence => sentence.In(text)).ToHashSet();

            Assert.Equal(6, summary.Count);
            Assert.All(summary, sentence => Assert.Contains(sentence.Text, own));
            Assert.Equal(summary.OrderBy(sentence => sentence.Span.Start), summary);
            Assert.All(summary, sentence => Assert.True(sentence.Span.Kind is SentenceKind.Prose or SentenceKind.ListItem));
        }
    }

    [Fact]
    public void Length_is_read_in_sentences_percent_and_words()
    {
        var text = SampleCorpus.Documents["merkblatt-baugenehmigung.md"];

        Assert.Equal(3, Summarizer.Summarize([text], SummaryLength.Read("Fasse das in drei Sätzen zusammen"), TestContext.Current.CancellationToken).Count);
        Assert.Single(Summarizer.Summarize([text], SummaryLength.Read("in einem Satz"), TestContext.Current.CancellationToken));
        Assert.Equal(5, SummaryLength.Read("auf 10 % kürzen").SentenceCount(50));
        Assert.Equal(3, SummaryLength.Read("kurz zusammenfassen").SentenceCount(50));
        var words = Summarizer.Summarize([text], SummaryLength.Read("höchstens 60 Wörter"), TestContext.Current.CancellationToken).Sum(sentence => sentence.Text.Split(' ').Length);
        Assert.InRange(words, 20, 60);
    }

    [Fact]
    public void A_repeated_sentence_appears_once()
    {
        var text = string.Concat(Enumerable.Repeat("Die Stadt fördert Lastenräder mit einem Zuschuss zum Kaufpreis. ", 8))
                   + "Der Zuschuss der Stadt zum Kaufpreis für Lastenräder wird gefördert. Anträge nimmt die Stabsstelle bis Ende September an. "
                   + "Wer das Rad vorher verkauft, zahlt den Zuschuss anteilig zurück.";

        var summary = Summarizer.Summarize([text], SummaryLength.Sentences(5), TestContext.Current.CancellationToken);

        Assert.Equal(summary.Count, summary.Select(sentence => sentence.Text).Distinct().Count());
        Assert.Single(summary, sentence => sentence.Text.Contains("Lastenräder", StringComparison.Ordinal));
    }

    [Fact]
    public void Five_hundred_pages_are_summarised()
    {
        var text = FiveHundredPages();
        var before = GC.GetTotalAllocatedBytes();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var summary = Summarizer.Summarize([text], SummaryLength.Sentences(20), TestContext.Current.CancellationToken);

        output.WriteLine($"{text.Length / 1000} thousand characters, {watch.ElapsedMilliseconds} ms, {(GC.GetTotalAllocatedBytes() - before) >> 20} MiB allocated, "
                         + $"{Environment.WorkingSet >> 20} MiB resident");
        Assert.Equal(20, summary.Count);
        Assert.Equal(20, summary.Select(sentence => sentence.Text).Distinct().Count());
        Assert.Equal(summary.OrderBy(sentence => sentence.Span.Start), summary);
        Assert.Equal(800, Summarizer.Summarize([text], SummaryLength.Sentences(800), TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void A_cancelled_summary_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Summarizer.Summarize([FiveHundredPages()], default, cancelled.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Nur eine Überschrift")]
    public void A_text_without_sentences_has_no_summary(string text) => Assert.Empty(Summarizer.Summarize([text], default, TestContext.Current.CancellationToken));

    /// <summary>About 1.5 million characters: sample sentences with their nouns varied, so that neither vocabulary nor sentences repeat.</summary>
    private static string FiveHundredPages()
    {
        var random = new Random(7);
        var sentences = SampleCorpus.Documents.Values.SelectMany(text => SentenceSplitter.Split(text).Where(item => item.Kind == SentenceKind.Prose && item.Length > 60).Select(item => item.In(text))).ToList();
        var words = sentences.SelectMany(sentence => sentence.Split(' ')).Where(word => word.Length > 6 && char.IsUpper(word[0]) && word.All(char.IsLetter)).Distinct().ToList();
        var text = new StringBuilder();
        for (var page = 0; text.Length < 1_500_000; page++)
        {
            if (page % 10 == 0) text.Append("\n\n## Abschnitt ").Append(page).Append("\n\n");
            var varied = sentences[random.Next(sentences.Count)].Split(' ')
                .Select(word => word.Length > 6 && char.IsUpper(word[0]) && word.All(char.IsLetter) && random.Next(2) == 0 ? words[random.Next(words.Count)] + (random.Next(3) == 0 ? "stelle" : "") : word);
            text.AppendJoin(' ', varied).Append(page % 6 == 5 ? "\n\n" : " ");
        }

        return text.ToString();
    }
}
