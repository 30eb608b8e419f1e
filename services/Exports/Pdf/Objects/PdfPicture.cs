using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using LLMoin.Exports.Pictures;

namespace LLMoin.Exports.Pdf.Objects;

/// <summary>
/// A picture as an image object: JPEG as it is, PNG's packed rows too, as PDF knows their filters; only where a PNG is partly transparent
/// are colours and transparency taken apart.
/// </summary>
internal static class PdfPicture
{
    /// <summary>The image's object; null where the file is not what its beginning says.</summary>
    public static int? Add(PdfFile file, byte[] content, Picture picture)
    {
        var size = Invariant($"/Type /XObject /Subtype /Image /Width {picture.Width} /Height {picture.Height} /BitsPerComponent 8");
        if (picture.Kind == PictureKind.Jpeg)
            return file.AddEncoded(Invariant($"{size} /ColorSpace /Device{(picture.ColourType == 1 ? "Gray" : "RGB")} /Filter /DCTDecode"), content);
        var (data, palette) = Chunks(content);
        if (data.Length == 0 || (picture.ColourType == 3 && palette.Length is 0 or > 768))
            return null;
        return picture.ColourType switch
        {
            0 => AddRows(file, size, "/DeviceGray", 1, picture, data),
            2 => AddRows(file, size, "/DeviceRGB", 3, picture, data),
            3 => AddRows(file, size, Invariant($"[/Indexed /DeviceRGB {(palette.Length / 3) - 1} <{Convert.ToHexString(palette)}>]"), 1, picture, data),
            _ => AddTransparent(file, size, picture, data),
        };
    }

    private static int AddRows(PdfFile file, string size, string colours, int channels, Picture picture, byte[] data)
        => file.AddEncoded(Invariant(
            $"{size} /ColorSpace {colours} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {channels} /Columns {picture.Width} >>"), data);

    private static int? AddTransparent(PdfFile file, string size, Picture picture, byte[] data)
    {
        var channels = picture.ColourType == 4 ? 2 : 4;
        if (Pixels(data, picture, channels) is not { } pixels)
            return null;
        var (colours, alpha) = (new byte[pixels.Length / channels * (channels - 1)], new byte[pixels.Length / channels]);
        for (var pixel = 0; pixel < alpha.Length; pixel++)
        {
            pixels.AsSpan(pixel * channels, channels - 1).CopyTo(colours.AsSpan(pixel * (channels - 1)));
            alpha[pixel] = pixels[(pixel * channels) + channels - 1];
        }
        var mask = file.AddStream(size + " /ColorSpace /DeviceGray", alpha);
        return file.AddStream(Invariant($"{size} /ColorSpace /Device{(channels == 2 ? "Gray" : "RGB")} /SMask {mask} 0 R"), colours);
    }

    private static (byte[] Data, byte[] Palette) Chunks(byte[] png)
    {
        var (data, palette) = (new MemoryStream(), Array.Empty<byte>());
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
                break;
            var chunk = png.AsSpan(at + 8, (int)length);
            var type = png.AsSpan(at + 4, 4);
            if (type.SequenceEqual("IDAT"u8))
                data.Write(chunk);
            else if (type.SequenceEqual("PLTE"u8))
                palette = chunk.ToArray();
            at += 12 + (int)length;
        }
        return (data.ToArray(), palette);
    }

    /// <summary>Undoes the filters of the rows (ISO/IEC 15948, 9).</summary>
    private static byte[]? Pixels(byte[] data, Picture picture, int channels)
    {
        var width = picture.Width * channels;
        var rows = new byte[(width + 1) * picture.Height];
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            zlib.ReadExactly(rows);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
        var pixels = new byte[width * picture.Height];
        for (var row = 0; row < picture.Height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var at = (row * width) + column;
                var left = column >= channels ? pixels[at - channels] : 0;
                var above = row > 0 ? pixels[at - width] : 0;
                var corner = row > 0 && column >= channels ? pixels[at - width - channels] : 0;
                var predicted = rows[row * (width + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    _ => Nearest(left, above, corner),
                };
                pixels[at] = (byte)(rows[(row * (width + 1)) + 1 + column] + predicted);
            }
        }
        return pixels;
    }

    /// <summary>Paeth's predictor.</summary>
    private static int Nearest(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
