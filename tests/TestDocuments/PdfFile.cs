using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LLMoin.TestDocuments;

/// <summary>
/// Writes a PDF page by page, as a typesetter does: lines of text at places, A4, in points from the lower left corner. By hand,
/// because PdfPig's builder has no umlauts in its standard fonts.
/// </summary>
public sealed class PdfFile(string? title = null)
{
    public const double Top = 780;
    private const double Body = 11;
    private const double Leading = 14;

    private static readonly Encoding WinAnsi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly List<(StringBuilder Content, byte[]? Picture, int Width, int Height)> _pages = [];

    public PdfFile Page()
    {
        _pages.Add((new StringBuilder(), null, 0, 0));
        return this;
    }

    /// <summary>One line.</summary>
    /// <param name="spacing">Added to the width of each blank, as justified type does.</param>
    public PdfFile Line(string text, double left, double bottom, double size = Body, bool bold = false, double spacing = 0)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
        _pages[^1].Content.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "B" : "R")} {size} Tf {spacing} Tw {left} {bottom} Td ({escaped}) Tj ET\n");
        return this;
    }

    /// <summary>Lines below each other, the first at this height.</summary>
    public PdfFile Lines(double left, double bottom, params string[] lines)
    {
        foreach (var (index, line) in lines.Index())
            Line(line, left, bottom - (index * Leading));
        return this;
    }

    /// <summary>Fills the page with a grey picture, as a scanner does.</summary>
    /// <param name="pixels">One byte each, row by row.</param>
    public PdfFile Picture(byte[] pixels, int width, int height)
    {
        _pages[^1] = (new StringBuilder("q 595 0 0 842 0 0 cm /P Do Q\n"), pixels, width, height);
        return this;
    }

    public byte[] Build()
    {
        var objects = new List<byte[]>
        {
            Bytes("<< /Type /Catalog /Pages 2 0 R >>"),
            Bytes($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, n) => $"{6 + (3 * n)} 0 R"))}] >>"),
            Bytes("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
            Bytes("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"),
            Bytes(title is null ? "<< >>" : $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> >>"),
        };
        foreach (var (content, picture, width, height) in _pages)
        {
            var number = objects.Count + 1;
            objects.Add(Bytes(
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R /Resources << /Font << /R 3 0 R /B 4 0 R >> /XObject << /P {number + 2} 0 R >> >> >>"));
            objects.Add(Stream("", WinAnsi.GetBytes(content.ToString())));
            objects.Add(picture is null
                ? Bytes("null")
                : Stream($"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ", Deflated(picture)));
        }

        return File(objects);
    }

    /// <summary>Header, objects numbered from 1, cross-reference table and trailer (ISO 32000-1, 7.5); the first object is the catalogue, the fifth the information.</summary>
    public static byte[] File(IReadOnlyList<byte[]> objects)
    {
        using var file = new MemoryStream();
        file.Write(Bytes("%PDF-1.7\n"));
        var places = new List<long>();
        foreach (var (index, content) in objects.Index())
        {
            places.Add(file.Length);
            file.Write([.. Bytes($"{index + 1} 0 obj\n"), .. content, .. Bytes("\nendobj\n")]);
        }

        var table = file.Length;
        file.Write(Bytes($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
            file.Write(Bytes($"{place:D10} 00000 n \n"));
        file.Write(Bytes($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Stream(string entries, byte[] content) => [.. Bytes($"<< {entries}/Length {content.Length} >>\nstream\n"), .. content, .. Bytes("\nendstream")];

    private static byte[] Deflated(byte[] content)
    {
        using var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(content);
        return result.ToArray();
    }
}
