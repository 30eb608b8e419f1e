using System.IO.Compression;
using System.Text;

namespace LLMoin.Retrieval.Reading;

internal enum FileFormat
{
    Text,
    Markdown,
    Html,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Eml,
    Zip,
}

/// <summary>What a file is: by its content, and by its name only among the formats that are plain text inside.</summary>
internal static class FileFormats
{
    /// <summary>How far behind other bytes readers of PDF look for its header (ISO 32000-1, annex H.3, note 13).</summary>
    private const int PdfHeaderWithin = 1024;

    /// <summary>How well-known formats that are not read begin.</summary>
    private static readonly (byte[] Start, string Kind)[] Refused =
    [
        ("{\\rtf"u8.ToArray(), "RTF"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "PNG"), ([0xFF, 0xD8, 0xFF], "JPEG"), ("GIF8"u8.ToArray(), "GIF"),
        ("II*\0"u8.ToArray(), "TIFF"), ("MM\0*"u8.ToArray(), "TIFF"), ([0x1F, 0x8B], "GZIP"), ("7z\xBC\xAF"u8.ToArray(), "7z"), ("Rar!"u8.ToArray(), "RAR"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "ELF"), ("MZ\x90\0"u8.ToArray(), "EXE"),
    ];

    private static readonly (FileFormat Format, string MediaType, string[] Extensions)[] Known =
    [
        (FileFormat.Text, "text/plain", [".txt"]),
        (FileFormat.Markdown, "text/markdown", [".md", ".markdown"]),
        (FileFormat.Html, "text/html", [".html", ".htm", ".xhtml"]),
        (FileFormat.Pdf, "application/pdf", [".pdf"]),
        (FileFormat.Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"]),
        (FileFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"]),
        (FileFormat.Pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation", [".pptx"]),
        (FileFormat.Odt, "application/vnd.oasis.opendocument.text", [".odt"]),
        (FileFormat.Eml, "message/rfc822", [".eml"]),
        (FileFormat.Zip, "application/zip", [".zip"]),
    ];

    public static string MediaType(this FileFormat format) => Known.Single(known => known.Format == format).MediaType;

    /// <summary>The usual extension for a media type, with its dot; null for one that is not read.</summary>
    public static string? Extension(string? mediaType)
        => Known.FirstOrDefault(known => string.Equals(known.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)).Extensions?[0];

    public static bool IsPlainText(this FileFormat format) => format is FileFormat.Text or FileFormat.Markdown;

    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name, of which only the extension counts.</param>
    /// <param name="refused">What it is instead, where that is known: <c>RTF</c>.</param>
    /// <returns>Null for what is not read.</returns>
    public static FileFormat? Of(byte[] file, string name, out string? refused)
    {
        ReadOnlySpan<byte> bytes = file;
        refused = null;
        foreach (var (start, kind) in Refused)
        {
            if (bytes.StartsWith(start))
            {
                refused = kind;
                return null;
            }
        }

        // The container of old Office formats, and of new ones behind a password.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            refused = Names(bytes, "EncryptedPackage") ? EncryptedOffice : Names(bytes, "__properties_version1.0") ? OutlookMail : "DOC, XLS, PPT";
            return null;
        }

        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8))
            return OfArchive(file, out refused);
        // A text may well quote the header; a file that also calls itself so means it.
        var pdf = bytes[..Math.Min(bytes.Length, PdfHeaderWithin)].IndexOf("%PDF-"u8);
        if (pdf == 0 || (pdf > 0 && name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)))
            return FileFormat.Pdf;
        return OfText(bytes, name, out refused);
    }

    public const string EncryptedOffice = "an Office document with a password";

    public const string OutlookMail = "an Outlook mail (MSG)";

    /// <summary>A compound file's directory has an entry of this name, which for some kinds is in no other ([MS-OFFCRYPTO] 2.3.4.4, [MS-OXMSG] 2.4).</summary>
    private static bool Names(ReadOnlySpan<byte> bytes, string entry) => bytes.IndexOf(Encoding.Unicode.GetBytes(entry)) >= 0;

    /// <summary>Named by what is inside; macros make no difference, as they are never looked at.</summary>
    private static FileFormat? OfArchive(byte[] file, out string? refused)
    {
        refused = null;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false));
            if (archive.GetEntry("[Content_Types].xml") is not null)
                return archive.GetEntry("word/document.xml") is not null ? FileFormat.Docx
                    : archive.GetEntry("xl/workbook.xml") is not null ? FileFormat.Xlsx
                    : archive.GetEntry("ppt/presentation.xml") is not null ? FileFormat.Pptx
                    : FileFormat.Zip;
            if (archive.GetEntry("mimetype") is not { } type)
                return FileFormat.Zip;
            using var reader = new StreamReader(type.Open());
            var buffer = new char[80];
            var mediaType = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
            if (mediaType is "application/vnd.oasis.opendocument.text" or "application/vnd.oasis.opendocument.text-template")
                return FileFormat.Odt;
            if (!mediaType.StartsWith("application/", StringComparison.Ordinal))
                return FileFormat.Zip;
            refused = mediaType;
            return null;
        }
        catch (InvalidDataException)
        {
            // A broken archive is one all the same: reading it will say that it is broken.
            return FileFormat.Zip;
        }
    }

    private static FileFormat? OfText(ReadOnlySpan<byte> bytes, string name, out string? refused)
    {
        refused = null;
        var extension = Path.GetExtension(name).ToLowerInvariant();
        var format = Known.FirstOrDefault(known => known.Extensions.Contains(extension));
        if (format.Extensions is null || format.Format is not (FileFormat.Text or FileFormat.Markdown or FileFormat.Html or FileFormat.Eml))
            return null;
        if (format.Format is FileFormat.Html && !IsText(bytes))
            refused = "NUL";
        else if (format.Format is FileFormat.Eml && !IsMail(bytes))
            refused = "no mail";
        return refused is null ? format.Format : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || !bytes.Contains((byte)0);

    /// <summary>A mail begins with a header field: a name of visible characters and a colon (RFC 5322, section 2.2).</summary>
    private static bool IsMail(ReadOnlySpan<byte> bytes)
    {
        var colon = bytes.IndexOf((byte)':');
        return colon is > 0 and < 80 && !bytes[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }
}
