using System.Globalization;
using System.Text.Json;
using LLMoin.Chat.Functions.Drafts;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Identity;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;

namespace LLMoin.Chat.Exports;

/// <summary>
/// A run's text as a document, above it what its reader must know: that it is a draft until a person has confirmed it, what reads like a decision, what
/// was not read, not found, or is still to be filled in.
/// </summary>
internal static class RunDocument
{
    /// <param name="run">Over, with a text.</param>
    /// <param name="letter">The order of a letter, whose fields surround the text; null for other texts.</param>
    /// <param name="head">The tenant's letterhead.</param>
    /// <param name="isOfficial">Confirmed, and to be sent: without the notes for whoever works on it.</param>
    /// <param name="now">When it is exported.</param>
    public static ExportDocument Of(RunView run, DraftOrder? letter, TenantLetterhead? head, ExportLanguage language, bool isOfficial, DateTimeOffset now)
    {
        var facts = run.Result?.Deserialize<Known>(RunJson.Options) ?? new Known();
        var german = language == ExportLanguage.German;
        return new ExportDocument
        {
            Title = run.Title,
            Language = language,
            Created = now,
            Blocks = MarkdownText.Read(run.Text, headingsBelow: 0),
            Letterhead = ConversationDocument.Letterhead(head),
            Letter = letter is null ? null : Letter(letter, DateOnly.FromDateTime(now.UtcDateTime)),
            Sources = [.. (facts.Citations ?? []).Select((citation, index) => new ExportSource(citation.Number, citation.Title, citation.Page, citation.HeadingPath, facts.Quotes?.ElementAtOrDefault(index)))],
            Mark = new AiMark(run.Model, DateOnly.FromDateTime(run.FinishedAt ?? now.UtcDateTime)),
            Notices = isOfficial ? [] : [.. Notices(run, facts, german)],
        };
    }

    private static Letter Letter(DraftOrder order, DateOnly today)
    {
        var fields = LetterFields.Of(order)!;
        return new Letter
        {
            Recipient = fields.Recipient,
            OurReference = fields.Reference,
            Date = order.Date ?? today,
            Subject = fields.Subject,
            Salutation = fields.Salutation,
            Closing = fields.Closing,
            SignatureName = string.Join(", ", fields.Sender),
        };
    }

    private static IEnumerable<string> Notices(RunView run, Known facts, bool german)
    {
        yield return run.ConfirmedAt is { } confirmed
            ? string.Create(CultureInfo.InvariantCulture, $"{(german ? "Von einem Menschen geprüft am" : "Checked by a person on")} {confirmed:dd.MM.yyyy}.")
            : german ? "Entwurf – von einem Menschen zu prüfen." : "Draft – to be checked by a person.";
        if (facts.Review is { Count: > 0 })
            yield return german
                ? "Der Text liest sich wie eine Entscheidung über Rechte einer Person: Sie trifft ein Mensch." : "The text reads like a decision on a person's rights: a person takes it.";
        if (facts.Doubts is { Count: > 0 } doubts)
            yield return $"{(german ? "Aussagen, die die Quellen nicht belegen" : "Statements that the sources do not bear out")}: {doubts.Count}";
        if (facts.NotFound is { Count: > 0 } missing)
            yield return $"{(german ? "Nicht gefunden" : "Not found")}: {string.Join(" · ", missing)}";
        if (facts.Placeholders is { Count: > 0 } places)
            yield return $"{(german ? "Noch zu ergänzen" : "To be filled in")}: {string.Join(", ", places)}";
        if (facts.Missing is { Count: > 0 } points)
            yield return $"{(german ? "Vermutlich nicht enthalten" : "Probably not in it")}: {string.Join(" · ", points)}";
        foreach (var covered in facts.Coverage ?? [])
            yield return Line(covered, german);
    }

    private static string Line(Covered document, bool german)
    {
        var read = document.Pages is { } pages
            ? $"{(german ? "gelesen: Seiten" : "read: pages")} {Runs(document.Read)} {(german ? "von" : "of")} {pages}" : german ? "ganz gelesen" : "read as a whole";
        var unread = document.Unread.Count == 0 ? ""
            : $"; {(german ? "nicht lesbar" : "not readable")}: {string.Join(", ", document.Unread.Select(part => part.Page is { } page ? Run([page, part.LastPage ?? page]) : part.Name ?? part.Reason))}";
        return $"{document.Title}: {read}{unread}.";
    }

    private static string Runs(IReadOnlyList<int[]> runs) => runs.Count == 0 ? "–" : string.Join(", ", runs.Select(Run));

    private static string Run(int[] run) => run[0] == run[1] ? $"{run[0]}" : $"{run[0]}–{run[1]}";

    /// <summary>What any function may say about its text; each says some of it.</summary>
    private sealed record Known(
        IReadOnlyList<Citation>? Citations = null, IReadOnlyList<string>? Quotes = null, IReadOnlyList<Doubt>? Doubts = null, IReadOnlyList<string>? NotFound = null,
        IReadOnlyList<string>? Placeholders = null, IReadOnlyList<string>? Missing = null, IReadOnlyList<string>? Review = null, IReadOnlyList<Covered>? Coverage = null);

    private sealed record Covered(string Title, int? Pages, IReadOnlyList<int[]> Read, IReadOnlyList<Unreadable> Unread);

    private sealed record Unreadable(int? Page, int? LastPage, string? Name, string Reason);
}
