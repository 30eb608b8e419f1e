using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LLMoin.Exports.Pdf.Objects;

/// <summary>The objects of a PDF file (ISO 32000-1, 7) and how they stand in it.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>An object to be given its content later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    public void Set(int id, string content) => _objects[id - 1] = Encoding.ASCII.GetBytes(content);

    public int Add(string content)
    {
        var id = Reserve();
        Set(id, content);
        return id;
    }

    /// <param name="entries">Of the stream's dictionary, besides length and filter.</param>
    /// <param name="content">As it is read.</param>
    /// <param name="compress">False for what readers of metadata look for without unpacking.</param>
    public int AddStream(string entries, byte[] content, bool compress = true)
        => compress ? AddEncoded(entries + " /Filter /FlateDecode", Compress(content)) : AddEncoded(entries, content);

    /// <param name="entries">Of the stream's dictionary, with its filter.</param>
    /// <param name="content">As it stands in the file.</param>
    public int AddEncoded(string entries, byte[] content)
    {
        var id = Reserve();
        _objects[id - 1] =
        [
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} {entries} >>\nstream\n")),
            .. content,
            .. "\nendstream"u8,
        ];
        return id;
    }

    public byte[] Write(int catalogue, int information)
    {
        var output = new MemoryStream();
        // The second line's bytes tell transports that the file is no text.
        output.Write([.. "%PDF-1.7\n%"u8, 0xe2, 0xe3, 0xcf, 0xd3, (byte)'\n']);
        var offsets = new List<long>();
        for (var index = 0; index < _objects.Count; index++)
        {
            offsets.Add(output.Position);
            Append(output, string.Create(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n"));
            output.Write(_objects[index] ?? throw new InvalidOperationException($"Object {index + 1} was never written."));
            Append(output, "\nendobj\n");
        }
        var table = output.Position;
        Append(output, string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
            Append(output, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Append(output, string.Create(CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {_objects.Count + 1} /Root {catalogue} 0 R /Info {information} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return output.ToArray();
    }

    /// <summary>A text string in UTF-16, in hexadecimal, so that no character of it means anything.</summary>
    public static string Text(string text) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";

    /// <summary>A real number with as many digits as a printer can show.</summary>
    public static string Number(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);

    public static byte[] Compress(byte[] content)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
            zlib.Write(content);
        return output.ToArray();
    }

    private static void Append(Stream output, string text) => output.Write(Encoding.ASCII.GetBytes(text));
}
