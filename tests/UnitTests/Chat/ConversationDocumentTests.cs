using System.Text.Json;
using LLMoin.Chat.Exports;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;

namespace LLMoin.UnitTests.Chat;

public sealed class ConversationDocumentTests
{
    private static readonly DateTime Day = new(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Guid[] Documents = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    [Fact]
    public void Sources_are_counted_through_and_one_that_two_answers_cite_is_one()
    {
        var document = Of(
            Answer("Erst [1], dann [2].", Cite(1, 0), Cite(2, 1)),
            Answer("Wieder [1] und neu [2], nicht [3].", Cite(1, 1), Cite(2, 0, start: 50)));

        Assert.Equal(["Erst [1], dann [2].", "Wieder [2] und neu [3], nicht [3]."], document.Blocks.OfType<Paragraph>().Select(paragraph => string.Concat(paragraph.Runs.Select(run => run.Text))));
        Assert.Equal([(1, "D0"), (2, "D1"), (3, "D0")], document.Sources.Select(source => (source.Number, source.Title)));
    }

    [Fact]
    public void The_mark_names_every_model_and_notices_ask_for_a_person_and_count_doubts()
    {
        var document = Of(Question("**Frage**"), Answer("a"), Answer("b") with { Model = "extractive", Doubts = JsonSerializer.Serialize(new Doubt[] { new(0, 1, DoubtKind.NotInSource, []) }, JsonSerializerOptions.Web) });

        Assert.Equal(new AiMark("qwen, extractive", new DateOnly(2026, 11, 24)), document.Mark);
        Assert.Contains(document.Notices, notice => notice.StartsWith("Zur menschlichen Prüfung", StringComparison.Ordinal));
        Assert.Contains("Aussagen, die die Quellen nicht belegen: 1", document.Notices);
        Assert.Equal("**Frage**", document.Blocks.OfType<Paragraph>().First().Runs[0].Text);
    }

    [Fact]
    public void A_question_without_an_answer_bears_no_mark()
        => Assert.Null(Of(Question("Frage")).Mark);

    [Fact]
    public void A_conversation_that_is_too_long_says_so()
    {
        var document = Of(Question("kurz"), Answer(new string('x', MarkdownText.MaxLength)));

        Assert.Equal("Das Gespräch ist zu lang; sein Ende fehlt.", Assert.Single(document.Notices));
    }

    private static ExportDocument Of(params ExportedMessage[] messages)
        => ConversationDocument.Of("Titel", messages, null, ExportLanguage.German, new DateTimeOffset(Day));

    private static ExportedMessage Question(string text) => new("user", text, null, null, null, Day);

    private static ExportedMessage Answer(string text, params Citation[] citations)
        => new("assistant", text, "qwen", JsonSerializer.Serialize(citations, JsonSerializerOptions.Web), null, Day);

    private static Citation Cite(int number, int document, int start = 0) => new(number, Documents[document], $"D{document}", null, start, start + 10);
}
