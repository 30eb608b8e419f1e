using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Why an upload is refused, in the words its sender reads.</summary>
internal static class UploadProblems
{
    private const string File = "file";

    private static readonly ProblemType NotText = new("not-a-text", 415, "The file is not a text", "Die Datei ist kein Text");
    private static readonly ProblemType Undecodable = new("undecodable-text", 400, "The text's encoding cannot be read", "Die Zeichenkodierung des Textes ist nicht lesbar");
    private static readonly ProblemType Full = new("document-limit", 409, "The tenant keeps as many documents as it may", "Der Mandant hat die Höchstzahl an Dokumenten erreicht");

    public static ProblemResult WrongType => new(ProblemType.UnsupportedType,
        "Send multipart/form-data with 'file' (.txt or .md), or a body of type text/plain or text/markdown.", File,
        "Erwartet wird multipart/form-data mit 'file' (.txt oder .md) oder ein Inhalt vom Typ text/plain oder text/markdown.");

    public static ProblemResult NoFile => new(ProblemType.InvalidRequest, "The form needs exactly one part 'file'.", File,
        "Das Formular braucht genau einen Teil 'file'.");

    public static ProblemResult BrokenForm => new(ProblemType.InvalidRequest, "The multipart form cannot be read.", File,
        "Das Formular (multipart) ist nicht lesbar.");

    public static ProblemResult Empty => new(ProblemType.InvalidRequest, "The text is empty.", File, "Der Text ist leer.");

    public static ProblemResult Binary(string kind) => new(NotText, $"The content is {kind}; only plain text and Markdown are read.", File,
        $"Der Inhalt ist kein Text ({kind}); gelesen werden nur reiner Text und Markdown.");

    public static ProblemResult ControlCharacter(int position) => new(NotText,
        $"There is a control character at position {position}, which no text has.", File,
        $"An Position {position} steht ein Steuerzeichen, das in Texten nicht vorkommt.");

    public static ProblemResult UnknownEncoding => new(Undecodable, "It is neither UTF-8, UTF-16 with byte order mark, nor Windows-1252. Save it as UTF-8.", File,
        "Der Text ist weder UTF-8, UTF-16 mit Kennung noch Windows-1252. Bitte als UTF-8 speichern.");

    public static ProblemResult UnknownCharset => new(Undecodable, "The charset is utf-8, utf-16, iso-8859-1 or windows-1252.", "charset",
        "Als Zeichensatz gehen utf-8, utf-16, iso-8859-1 oder windows-1252.");

    public static ProblemResult TooLarge(int limit) => new(ProblemType.TooLarge, $"A text may have {limit} bytes.", File,
        $"Ein Text darf {limit} Bytes haben.");

    public static ProblemResult Visibility => new(ProblemType.InvalidRequest, "visibility is private or tenant.", "visibility",
        "Die Sichtbarkeit ist private oder tenant.");

    public static ProblemResult MayNotShare => new(ProblemType.Forbidden, "Only source-manager and tenant-admin share a document with the tenant.", "visibility",
        "Für den ganzen Mandanten stellen nur source-manager und tenant-admin Dokumente bereit.");

    public static ProblemResult Title => new(ProblemType.InvalidRequest, "A title has at most 200 characters and no line breaks.", "title",
        "Ein Titel hat höchstens 200 Zeichen und keine Zeilenumbrüche.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit} documents.", null, $"Die Höchstzahl ist {limit}.");
}
