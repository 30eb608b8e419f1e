using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Extractive;
using LLMoin.UnitTests.Extractive;

namespace LLMoin.UnitTests.Chat;

public sealed class EvidenceTests(ITestOutputHelper output)
{
    private static readonly FoundPassage[] Passages =
    [
        Passage("§ 3 Steuersatz", "(1) Die Steuer beträgt jährlich für den ersten Hund 90 Euro, für jeden weiteren Hund 1.250,50 Euro. (2) Sie wird am 15. März 2026 fällig."),
        Passage("§ 7 Anmeldung", "Der Hund ist binnen vierzehn Tagen nach der Aufnahme anzumelden. Die Anmeldung unter dem Aktenzeichen 32-4/2026-117 ist schriftlich vorzunehmen."),
    ];

    [Theory]
    [InlineData("Die Hundesteuer beträgt für den ersten Hund 90 Euro im Jahr [1].")]
    [InlineData("Für weitere Hunde werden 1250,50 € fällig. [1]")]
    [InlineData("Fällig wird die Steuer am 15.03.2026 [1].")]
    [InlineData("Nach § 3 Abs. 2 wird die Steuer am 15. März 2026 fällig [1].")]
    [InlineData("Anzumelden ist ein Hund innerhalb von 14 Tagen nach der Aufnahme, und zwar schriftlich [2].")]
    [InlineData("Die Anmeldung läuft unter 32-4/2026-117.[2] Sie ist schriftlich vorzunehmen [2].")]
    [InlineData("Es gibt zwei Möglichkeiten.")]
    [InlineData("Die Fundstellen beantworten die Frage nur zum Teil.")]
    public void What_the_passages_say_raises_no_doubt(string answer) => Assert.Empty(Doubts(answer));

    [Theory]
    [InlineData("Die Hundesteuer beträgt für den ersten Hund 95 Euro im Jahr [1].", "95")]
    [InlineData("Die Steuer wird am 16. März 2026 fällig [1].", "16")]
    [InlineData("Die Steuer wird am 15.04.2026 fällig [1].", "15.04.2026")]
    [InlineData("Nach § 4 beträgt die Steuer für den ersten Hund 90 Euro [1].", "§ 4")]
    [InlineData("Die Steuer beträgt für den ersten Hund 90 Euro. [2]", "90")]
    [InlineData("Die Anmeldung läuft unter dem Aktenzeichen 32-4/2026-118 [2].", "32-4/2026-118")]
    [InlineData("Anzumelden ist der Hund binnen drei Tagen nach der Aufnahme [2].", "drei")]
    public void A_figure_that_the_cited_passage_does_not_have_is_named(string answer, string missing)
    {
        var doubt = Assert.Single(Doubts(answer));

        Assert.Equal(DoubtKind.NotInSource, doubt.Kind);
        Assert.Equal([missing], doubt.Missing);
    }

    [Fact]
    public void A_statement_about_something_else_than_its_passage_is_doubted()
        => Assert.Equal(DoubtKind.NotInSource, Assert.Single(Doubts("Der Bürgermeister entscheidet über Ausnahmen vom Leinenzwang [2].")).Kind);

    [Theory]
    [InlineData("Das steht fest [3].")]
    [InlineData("Das steht fest. [0]")]
    public void A_number_that_belongs_to_no_passage_is_doubted(string answer) => Assert.Equal(DoubtKind.NoSuchSource, Assert.Single(Doubts(answer)).Kind);

    [Fact]
    public void A_figure_without_a_source_is_doubted_unless_the_question_or_a_passage_has_it()
    {
        Assert.Equal(["300"], Assert.Single(Doubts("Das Bußgeld beträgt 300 Euro.")).Missing);
        Assert.Empty(Doubts("Das Bußgeld beträgt 300 Euro.", "Sind 300 Euro Bußgeld zulässig?"));
        Assert.Empty(Doubts("Für den ersten Hund sind es 90 Euro."));
    }

    [Fact]
    public void A_doubt_points_at_its_statement()
    {
        const string Answer = "# Hundesteuer\n\nDie Steuer beträgt für den ersten Hund 90 Euro [1]. Für den zweiten sind es 120 Euro [1].";

        var doubt = Assert.Single(Doubts(Answer));

        Assert.Equal("Für den zweiten sind es 120 Euro [1].", Answer[doubt.Start..doubt.End]);
    }

    [Fact]
    public void Without_passages_there_is_nothing_to_check() => Assert.Empty(EvidenceCheck.Doubts("Es sind 42 Euro [1].", "", []));

    /// <summary>Quotes from the samples are all borne out; with another figure or another passage's number they hardly ever are.</summary>
    [Fact]
    public void Quotes_pass_and_altered_ones_are_noticed()
    {
        int quoted = 0, doubted = 0, altered = 0, noticed = 0, swapped = 0, found = 0;
        foreach (var question in SampleCorpus.Questions.Where(question => question.Document is not null))
        {
            var passages = SampleCorpus.Retrieved(question.Question, 8);
            var answer = ExtractiveAnswer.To(new ExtractiveRequest(question.Question, passages), TestContext.Current.CancellationToken);
            if (answer.Citations.Count == 0)
                continue;
            List<FoundPassage> sources = [.. passages.Select(passage => new FoundPassage(Guid.Empty, passage.Title, passage.HeadingPath, passage.Text, 0, 1))];
            foreach (var citation in answer.Citations)
            {
                var passage = passages[citation.PassageNumber - 1];
                var statement = passage.Text.Substring(citation.Start, citation.Length).ReplaceLineEndings(" ");
                quoted++;
                var doubts = EvidenceCheck.Doubts($"{statement} [{citation.PassageNumber}]", "", sources);
                doubted += doubts.Count > 0 ? 1 : 0;
                if (doubts.Count > 0)
                    output.WriteLine($"doubted: {statement} ({string.Join(", ", doubts.SelectMany(doubt => doubt.Missing))})");
                if (statement.IndexOfAny([.. "123456789"]) is >= 0 and var at)
                {
                    altered++;
                    var wrong = string.Concat(statement.AsSpan(0, at), "77", statement.AsSpan(at + 1));
                    noticed += EvidenceCheck.Doubts($"{wrong} [{citation.PassageNumber}]", "", sources).Count > 0 ? 1 : 0;
                }
                if (passages.FirstOrDefault(other => other.Title != passage.Title) is { } foreign)
                {
                    swapped++;
                    found += EvidenceCheck.Doubts($"{statement} [{foreign.Number}]", "", sources).Count > 0 ? 1 : 0;
                }
            }
        }
        output.WriteLine($"{doubted} of {quoted} quotes doubted; {noticed} of {altered} altered figures and {found} of {swapped} wrong passages noticed");

        Assert.True(quoted > 150 && altered > 50 && swapped > 100);
        Assert.InRange(doubted, 0, quoted / 100);
        Assert.InRange(noticed, altered * 0.95, altered);
        Assert.InRange(found, swapped * 0.9, swapped);
    }

    private static IReadOnlyList<Doubt> Doubts(string answer, string question = "Was gilt für Hunde?") => EvidenceCheck.Doubts(answer, question, Passages);

    private static FoundPassage Passage(string heading, string text) => new(Guid.Empty, "Hundesteuersatzung", heading, text, 0, text.Length);
}
