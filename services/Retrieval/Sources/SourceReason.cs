using System.Collections.Frozen;
using LLMoin.Retrieval.Reading;

namespace LLMoin.Retrieval.Sources;

/// <summary>Why a source or an item of one was not mirrored, in the words of who manages it.</summary>
/// <param name="Code">Kept in the database and told to clients.</param>
internal sealed record SourceReason(string Code, string Text, string TextDe)
{
    public static readonly SourceReason NotAllowed = new(
        "not-allowed", "The operator does not allow this place (any more).", "Der Betrieb erlaubt diesen Ort nicht (mehr).");
    public static readonly SourceReason Missing = new("missing", "The place is not there.", "Der Ort ist nicht vorhanden.");
    public static readonly SourceReason Refused = new("refused", "The source refuses access.", "Die Quelle verweigert den Zugriff.");
    public static readonly SourceReason SignIn = new(
        "sign-in", "Signing in at the source failed: check its client id and secret.", "Die Anmeldung bei der Quelle ist fehlgeschlagen: Kennung und Geheimnis prüfen.");
    public static readonly SourceReason Busy = new("busy", "The source asks to come back later.", "Die Quelle bittet um spätere Wiederholung.");
    public static readonly SourceReason Unreachable = new("unreachable", "The source does not answer.", "Die Quelle antwortet nicht.");
    public static readonly SourceReason Unexpected = new("unexpected", "The synchronisation failed on our side.", "Der Abgleich ist auf unserer Seite fehlgeschlagen.");
    public static readonly SourceReason Empty = new("empty", "The file is empty.", "Die Datei ist leer.");
    public static readonly SourceReason TooLarge = new("too-large", "The file is too large.", "Die Datei ist zu groß.");
    public static readonly SourceReason Unsupported = new("unsupported", "This kind of file is not read.", "Diese Art von Datei wird nicht gelesen.");
    public static readonly SourceReason Full = new(
        "document-limit", "The tenant keeps as many documents as it may.", "Der Mandant hat die Höchstzahl an Dokumenten erreicht.");

    private static readonly FrozenDictionary<string, SourceReason> ByCode =
        new[] { NotAllowed, Missing, Refused, SignIn, Busy, Unreachable, Unexpected, Empty, TooLarge, Unsupported, Full }
            .ToFrozenDictionary(reason => reason.Code, StringComparer.Ordinal);

    /// <summary>The reason with this code, one of reading it too; null for null and for a code of another version.</summary>
    public static SourceReason? Of(string? code)
        => code is null ? null
            : ByCode.GetValueOrDefault(code) ?? (ReadingReason.Of(code) is { } reading ? new SourceReason(code, reading.Text, reading.TextDe) : null);
}
