using System.Text.RegularExpressions;
using LLMoin.Extractive;
using LLMoin.Extractive.Answers;

namespace LLMoin.UnitTests.Extractive;

/// <summary>Measures answers over samples/. The floors lie just below the figures in docs/extractive.md, which these tests print.</summary>
public sealed partial class SampleQuestionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 0.91)]
    [InlineData(true, 0.71)]
    public void The_right_sentence_is_quoted_among_passages_of_its_document_and_distractors(bool heldOut, double floor)
        => Assert.True(Share("document and distractors", Answerable(heldOut), question => Quotes(question, SampleCorpus.WithDistractors(question))) >= floor);

    [Theory]
    [InlineData(false, 0.87)]
    [InlineData(true, 0.71)]
    public void The_right_sentence_is_quoted_from_what_a_plain_search_finds(bool heldOut, double floor)
        => Assert.True(Share("eight retrieved passages", Answerable(heldOut), question => Quotes(question, SampleCorpus.Retrieved(question.Question, 8))) >= floor);

    [Theory]
    [InlineData(false, 0.8)]
    [InlineData(true, 0.8)]
    public void Questions_that_no_document_answers_are_refused(bool heldOut, double floor)
        => Assert.True(Share("refused", SampleCorpus.Questions.Where(question => question.Document is null && question.HeldOut == heldOut), Refuses) >= floor);

    private static IEnumerable<SampleQuestion> Answerable(bool heldOut)
        => SampleCorpus.Questions.Where(question => question.Document is not null && question.HeldOut == heldOut);

    private bool Refuses(SampleQuestion question)
    {
        var answer = ExtractiveAnswer.To(new ExtractiveRequest(question.Question, SampleCorpus.Retrieved(question.Question, 8)), TestContext.Current.CancellationToken);
        if (answer.Task == ExtractiveTask.Answer) output.WriteLine($"  answered: {question.Question} {Flat(answer.Text)}");
        return answer.Task == ExtractiveTask.Explain && answer.Citations.Count == 0;
    }

    private bool Quotes(SampleQuestion question, List<Passage> passages)
    {
        var answer = ExtractiveAnswer.To(new ExtractiveRequest(question.Question, passages), TestContext.Current.CancellationToken);
        var text = Flat(answer.Text);
        if (question.AnswerContains!.All(part => text.Contains(part, StringComparison.Ordinal))) return true;
        output.WriteLine($"  missed: {question.Question} | {question.AnswerContains![0]} | {text[..Math.Min(text.Length, 420)]}");
        return false;
    }

    private double Share(string name, IEnumerable<SampleQuestion> questions, Func<SampleQuestion, bool> holds)
    {
        var results = questions.Select(holds).ToList();
        var share = results.Count(result => result) / (double)results.Count;
        output.WriteLine($"{name}, {(questions.First().HeldOut ? "held out" : "development")}: {results.Count(result => result)} of {results.Count} ({share:P1})");
        return share;
    }

    private static string Flat(string text) => WhiteSpace().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
