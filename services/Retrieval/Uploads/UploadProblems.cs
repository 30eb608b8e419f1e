using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Why an upload is refused, in the words its sender reads.</summary>
internal static class UploadProblems
{
    private const string File = "file";

    private static readonly ProblemType NotText = new("not-a-text", 415, "The file is of no kind that is read", "Die Datei ist von keiner lesbaren Art");
    private static readonly ProblemType Undecodable = new("undecodable-text", 400, "The text's encoding cannot be read", "Die Zeichenkodierung des Textes ist nicht lesbar");
    private static readonly ProblemType Full = new("document-limit", 409, "The tenant keeps as many documents as it may", "Der Mandant hat die Höchstzahl an Dokumenten erreicht");
    private static readonly ProblemType SameContent = new("same-content", 409, "The content is there already", "Den Inhalt gibt es schon");

    private const string Formats = "PDF, DOCX, XLSX, PPTX, ODT, HTML, EML, ZIP, TXT, MD";

    public static ProblemResult WrongType => new(ProblemType.UnsupportedType,
        $"Send multipart/form-data with 'file', or the file as body with its media type. Read are {Formats}.", File,
        $"Erwartet wird multipart/form-data mit 'file' oder die Datei als Inhalt mit ihrem Medientyp. Gelesen werden {Formats}.");

    public static ProblemResult NoFile => new(ProblemType.InvalidRequest, "The form needs exactly one part 'file'.", File,
        "Das Formular braucht genau einen Teil 'file'.");

    public static ProblemResult BrokenForm => new(ProblemType.InvalidRequest, "The multipart form cannot be read.", File,
        "Das Formular (multipart) ist nicht lesbar.");

    public static ProblemResult Empty => new(ProblemType.InvalidRequest, "The text is empty.", File, "Der Text ist leer.");

    /// <param name="kind">What it is instead of a kind that is read.</param>
    public static ProblemResult Refused(string kind) => kind switch
    {
        FileFormats.EncryptedOffice => new(NotText, "The document is protected by a password. Send it without.", File,
            "Das Dokument ist mit einem Kennwort geschützt. Bitte ohne Kennwort senden."),
        FileFormats.OutlookMail => new(NotText, "Mails are read as EML, not in Outlook's own format (MSG). Save it as EML or PDF.", File,
            "E-Mails werden als EML gelesen, nicht im Format von Outlook (MSG). Bitte als EML oder PDF speichern."),
        _ => new(NotText, $"The content is {kind}; read are {Formats}.", File, $"Der Inhalt ist nicht lesbar ({kind}); gelesen werden {Formats}."),
    };

    public static ProblemResult ControlCharacter(int position) => new(NotText,
        $"There is a control character at position {position}, which no text has.", File,
        $"An Position {position} steht ein Steuerzeichen, das in Texten nicht vorkommt.");

    public static ProblemResult UnknownEncoding => new(Undecodable, "It is neither UTF-8, UTF-16 with byte order mark, nor Windows-1252. Save it as UTF-8.", File,
        "Der Text ist weder UTF-8, UTF-16 mit Kennung noch Windows-1252. Bitte als UTF-8 speichern.");

    public static ProblemResult UnknownCharset => new(Undecodable, "The charset is utf-8, utf-16, iso-8859-1 or windows-1252.", "charset",
        "Als Zeichensatz gehen utf-8, utf-16, iso-8859-1 oder windows-1252.");

    public static ProblemResult TooLarge(int limit) => new(ProblemType.TooLarge, $"A file of this kind may have {limit} bytes.", File,
        $"Eine Datei dieser Art darf {limit} Bytes haben.");

    public static ProblemResult Visibility => new(ProblemType.InvalidRequest, "visibility is private or tenant.", "visibility",
        "Die Sichtbarkeit ist private oder tenant.");

    public static ProblemResult Collection => new(ProblemType.InvalidRequest, "collectionId is a collection's id.", "collectionId",
        "collectionId ist die Kennung eines Wissensbestands.");

    public static ProblemResult TwoPlaces => new(ProblemType.InvalidRequest, "A document in a collection is read by those who read that: leave out visibility.", "visibility",
        "Ein Dokument in einem Wissensbestand liest, wer diesen liest: visibility entfällt.");

    public static ProblemResult MayNotShare => new(ProblemType.Forbidden, "Only source-manager and tenant-admin share a document with the tenant.", "visibility",
        "Für den ganzen Mandanten stellen nur source-manager und tenant-admin Dokumente bereit.");

    public static ProblemResult MayNotReplace => new(ProblemType.Forbidden, "A document's file is replaced by its owner.", null,
        "Die Datei eines Dokuments ersetzt, wer es hochgeladen hat.");

    public static ProblemResult Duplicate => new(SameContent, "Another of your documents has this content.", File, "Ein anderes Ihrer Dokumente hat diesen Inhalt.");

    public static ProblemResult Title => new(ProblemType.InvalidRequest, "A title has at most 200 characters and no line breaks.", "title",
        "Ein Titel hat höchstens 200 Zeichen und keine Zeilenumbrüche.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit} documents.", null, $"Die Höchstzahl ist {limit}.");
}
