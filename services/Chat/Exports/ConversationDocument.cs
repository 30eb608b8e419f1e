using System.Globalization;
using LLMoin.Chat.Sources;
using LLMoin.Contracts.Identity;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;

namespace LLMoin.Chat.Exports;

/// <summary>
/// A conversation as a document. Each answer counts its sources from 1; the document counts them through, and a passage that several
/// answers cite is one source.
/// </summary>
internal static class ConversationDocument
{
    /// <summary>UTF-16 code units of all messages together; what is beyond is left out, and the document says so.</summary>
    private const int MaxLength = MarkdownText.MaxLength;

    public static ExportDocument Of(string title, IReadOnlyList<ExportedMessage> messages, TenantLetterhead? head, ExportLanguage language, DateTimeOffset now)
    {
        var german = language == ExportLanguage.German;
        var kept = Kept(messages);
        var answers = kept.Where(message => message.Role == "assistant").ToList();
        var sources = new SourceNumbers();
        return new ExportDocument
        {
            Title = title,
            Language = language,
            Created = now,
            Blocks = [.. kept.SelectMany(message => Blocks(message, sources, german))],
            Letterhead = Letterhead(head),
            Sources = sources.All,
            Mark = answers.Count == 0 ? null : new AiMark(
                string.Join(", ", answers.Select(answer => answer.Model ?? "–").Distinct()), DateOnly.FromDateTime(answers[^1].CreatedAt)),
            Notices = [.. Notices(answers, kept.Count < messages.Count, german)],
        };
    }

    public static Letterhead? Letterhead(TenantLetterhead? head)
        => head is null ? null : new Letterhead(head.Name, head.Lines, head.ReturnAddress, head.FooterLines, head.Logo);

    private static List<ExportedMessage> Kept(IReadOnlyList<ExportedMessage> messages)
    {
        var length = 0;
        return [.. messages.TakeWhile(message => (length += message.Content.Length) <= MaxLength)];
    }

    private static IEnumerable<Block> Blocks(ExportedMessage message, SourceNumbers sources, bool german)
        => message.Role == "assistant"
            ? MarkdownText.Read(sources.Renumber(message.Content, message.Cited), headingsBelow: 1).Prepend(Heading(german ? "Antwort" : "Answer"))
            // What a person typed is shown as typed.
            : [Heading(german ? "Frage" : "Question"), new Paragraph(message.Content)];

    private static Heading Heading(string text) => new(1, [new Run(text)]);

    private static IEnumerable<string> Notices(List<ExportedMessage> answers, bool isCut, bool german)
    {
        if (answers.Count > 0)
            yield return german ? "Zur menschlichen Prüfung: Die Antworten sind Vorschläge." : "For human review: the answers are proposals.";
        var doubts = answers.Sum(answer => answer.Doubted.Count);
        if (doubts > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{(german ? "Aussagen, die die Quellen nicht belegen" : "Statements that the sources do not bear out")}: {doubts}");
        if (isCut)
            yield return german ? "Das Gespräch ist zu lang; sein Ende fehlt." : "The conversation is too long; its end is missing.";
    }

    /// <summary>The sources met so far.</summary>
    private sealed class SourceNumbers
    {
        private readonly List<Citation> _met = [];

        public IReadOnlyList<ExportSource> All
            => [.. _met.Select((citation, index) => new ExportSource(index + 1, citation.Title, citation.Page, citation.HeadingPath))];

        public string Renumber(string text, IReadOnlyList<Citation> citations)
        {
            var numbers = citations.ToDictionary(citation => citation.Number, Number);
            return CitationPattern.Numbers().Replace(text, match =>
                int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) && numbers.TryGetValue(number, out var overall)
                    ? string.Create(CultureInfo.InvariantCulture, $"[{overall}]")
                    : match.Value);
        }

        private int Number(Citation citation)
        {
            var index = _met.FindIndex(met => (met.DocumentId, met.Start, met.End) == (citation.DocumentId, citation.Start, citation.End));
            if (index >= 0)
                return index + 1;
            _met.Add(citation);
            return _met.Count;
        }
    }
}
