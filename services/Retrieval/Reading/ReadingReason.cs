using System.Collections.Frozen;

namespace LLMoin.Retrieval.Reading;

/// <summary>Why a document, or a part of one, was not read, in the words its owner reads.</summary>
/// <param name="Code">Kept in the database and told to clients.</param>
/// <param name="EndsDocument">Also where it happens in an attachment: the limit is the whole document's.</param>
internal sealed record ReadingReason(string Code, string Text, string TextDe, bool EndsDocument = false)
{
    public static readonly ReadingReason NoWords = new("no-words", "There are no words in it.", "Es enthält keine Wörter.");
    public static readonly ReadingReason Unreadable = new("unreadable", "The file is damaged.", "Die Datei ist beschädigt.");
    public static readonly ReadingReason Encrypted = new("encrypted", "It is protected by a password.", "Der Inhalt ist mit einem Kennwort geschützt.");
    public static readonly ReadingReason Unsupported = new("unsupported", "This kind of file is not read.", "Diese Art von Datei wird nicht gelesen.");
    public static readonly ReadingReason OutlookMail = new("outlook-mail", "Mails are read as EML, not in Outlook's own format (MSG).",
        "E-Mails werden als EML gelesen, nicht im Format von Outlook (MSG).");
    public static readonly ReadingReason Scanned = new("scanned", "The page is a picture, and no text recognition is installed.",
        "Die Seite ist ein Bild, und eine Texterkennung ist nicht installiert.");
    public static readonly ReadingReason Unrecognised = new("unrecognised", "The page is a picture in which no text was recognised.",
        "Die Seite ist ein Bild, in dem kein Text erkannt wurde.");
    public static readonly ReadingReason RecognitionLimit = new("recognition-limit", "The page is a picture, and text recognition had reached its limit of pages or time.",
        "Die Seite ist ein Bild, und die Texterkennung war an ihrer Grenze (Seiten oder Zeit).");
    public static readonly ReadingReason Picture = new("picture", "There are only pictures on it.", "Darauf sind nur Bilder.");
    public static readonly ReadingReason Hidden = new("hidden", "It is hidden in the document.", "Der Teil ist im Dokument ausgeblendet.");
    public static readonly ReadingReason TooDeep = new("too-deep", "It lies too deep inside other files.", "Die Datei liegt zu tief in anderen Dateien.");
    public static readonly ReadingReason TooManyPages = new("too-many-pages", "It has too many pages. Split it.", "Es sind zu viele Seiten. Bitte aufteilen.", EndsDocument: true);
    public static readonly ReadingReason TooMuchText = new("too-much-text", "It has too much text. Split it.", "Es ist zu viel Text. Bitte aufteilen.", EndsDocument: true);
    public static readonly ReadingReason TooManyFiles = new("too-many-files", "There are too many files in it.", "Es sind zu viele Dateien darin.", EndsDocument: true);
    public static readonly ReadingReason ExpandsTooFar = new("expands-too-far", "Unpacked it is too large.", "Entpackt ist es zu groß.", EndsDocument: true);
    public static readonly ReadingReason TooSlow = new("too-slow", "Reading it took too long.", "Das Lesen dauerte zu lange.", EndsDocument: true);
    public static readonly ReadingReason TooComplex = new("too-complex", "Reading it needs too much memory, or the file is damaged.",
        "Das Lesen braucht zu viel Arbeitsspeicher, oder die Datei ist beschädigt.", EndsDocument: true);

    public static readonly ReadingReason Duplicate = new("duplicate", "Another of your documents has the same content.", "Ein anderes Ihrer Dokumente hat denselben Inhalt.");

    public static readonly ReadingReason GivenUp = new("given-up", "Reading it failed again and again for a reason of ours. Please upload it once more later.",
        "Das Lesen ist mehrmals aus einem technischen Grund gescheitert. Bitte später noch einmal hochladen.");

    private static readonly FrozenDictionary<string, ReadingReason> ByCode = new[]
    {
        NoWords, Unreadable, Encrypted, Unsupported, OutlookMail, Scanned, Unrecognised, RecognitionLimit, Picture, Hidden, TooDeep,
        TooManyPages, TooMuchText, TooManyFiles, ExpandsTooFar, TooSlow, TooComplex, Duplicate, GivenUp,
    }.ToFrozenDictionary(reason => reason.Code, StringComparer.Ordinal);

    /// <summary>The reason with this code; null for null and for a code of another version.</summary>
    public static ReadingReason? Of(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}

/// <summary>A file cannot be read, and there is nothing to mend on our side.</summary>
internal sealed class ReadingException(ReadingReason reason, Exception? cause = null) : Exception(reason.Text, cause)
{
    public ReadingReason Reason { get; } = reason;
}
