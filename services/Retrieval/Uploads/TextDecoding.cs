using System.Text;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Uploads;

/// <summary>
/// Bytes to text without guessing wrong: strict UTF-8, UTF-16 by its byte order mark, then Windows-1252 only where the result
/// reads like German. The text is stored in Unicode normal form C with line feeds as line ends.
/// </summary>
internal static class TextDecoding
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="bytes">What was sent.</param>
    /// <param name="charset">The declared <c>charset</c>, or null to find it out.</param>
    /// <param name="text">The text, or empty when refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static ProblemResult? Decode(ReadOnlySpan<byte> bytes, string? charset, out string text)
    {
        text = "";
        try
        {
            if (Read(bytes, charset, out var problem) is not { } read)
                return problem;
            text = read.Normalize(NormalizationForm.FormC).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\f', '\n');
        }
        catch (Exception exception) when (exception is DecoderFallbackException or ArgumentException)
        {
            return UploadProblems.UnknownEncoding;
        }

        if (string.IsNullOrWhiteSpace(text))
            return UploadProblems.Empty;
        return ControlCharacter(text) is var position and >= 0 ? UploadProblems.ControlCharacter(position) : null;
    }

    private static string? Read(ReadOnlySpan<byte> bytes, string? charset, out ProblemResult? problem)
    {
        problem = null;
        // A byte order mark is stronger than a header (WHATWG Encoding, "decode").
        if (bytes.StartsWith("\uFEFF"u8)) return Utf8.GetString(bytes[3..]);
        if (bytes.StartsWith(Utf16.Preamble)) return Utf16.GetString(bytes[2..]);
        if (bytes.StartsWith(Utf16BigEndian.Preamble)) return Utf16BigEndian.GetString(bytes[2..]);

        switch (charset?.Trim('"').ToLowerInvariant())
        {
            case "utf-8" or "us-ascii":
                return Utf8.GetString(bytes);
            case "utf-16" or "utf-16le":
                return Utf16.GetString(bytes);
            case "utf-16be":
                return Utf16BigEndian.GetString(bytes);
            // Browsers read a declared Latin-1 as Windows-1252, and so do we (WHATWG Encoding, labels).
            case "windows-1252" or "iso-8859-1" or "latin1":
                return Windows1252.GetString(bytes);
            case null or "":
                break;
            default:
                problem = UploadProblems.UnknownCharset;
                return null;
        }

        if (bytes.Contains((byte)0))
        {
            problem = UploadProblems.Refused("NUL");
            return null;
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Utf8.GetString(bytes);
        var western = Windows1252.GetString(bytes);
        if (ReadsLikeGerman(western))
            return western;
        problem = UploadProblems.UnknownEncoding;
        return null;
    }

    /// <summary>
    /// Every byte means something in Windows-1252, so meaning has to be checked: nearly all characters beyond ASCII are ones that
    /// German office texts have (broken UTF-8 would show Ã, code page 850 would show quotation marks inside words).
    /// </summary>
    private static bool ReadsLikeGerman(string text)
    {
        const string Usual = "äöüÄÖÜß§°€„“”‚‘’–—…«»éèêàáçñ·•²³½¼µ´©®\u00A0\u00AD";
        const string NeverInside = "„“”…«»‚‘•§€";
        int beyondAscii = 0, unusual = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80) continue;
            beyondAscii++;
            if (c is > '\u007F' and < '\u00A0') return false;
            if (!Usual.Contains(c, StringComparison.Ordinal)) unusual++;
            var inside = i > 0 && i + 1 < text.Length && char.IsAsciiLetterLower(text[i - 1]) && char.IsAsciiLetterLower(text[i + 1]);
            if (inside && NeverInside.Contains(c, StringComparison.Ordinal)) return false;
        }

        return unusual * 20 <= beyondAscii;
    }

    private static int ControlCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] is not ('\t' or '\n' or '\u0085')) || text[i] is '\uFFFE' or '\uFFFF')
                return i;
        }

        return -1;
    }
}
