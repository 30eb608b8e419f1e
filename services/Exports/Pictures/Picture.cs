using System.Buffers.Binary;

namespace LLMoin.Exports.Pictures;

public enum PictureKind
{
    Png,
    Jpeg,
}

/// <summary>A logo that every format can carry: PNG with 8 bits a channel and not interlaced, or JPEG, as their first bytes say.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="ColourType">PNG's (ISO/IEC 15948, 11.2.2); for JPEG the number of its components.</param>
public sealed record Picture(PictureKind Kind, int Width, int Height, int ColourType)
{
    /// <summary>In pixels, each way: far more than paper of this size can show.</summary>
    public const int MaxSide = 2000;

    private static ReadOnlySpan<byte> PngBegin => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>Null where it is no such picture or too large.</summary>
    public static Picture? TryRead(ReadOnlySpan<byte> file)
    {
        var picture = file.StartsWith(PngBegin) && file.Length > 33 ? ReadPng(file[16..]) : file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? ReadJpeg(file) : null;
        return picture is { Width: > 0 and <= MaxSide, Height: > 0 and <= MaxSide } ? picture : null;
    }

    private static Picture? ReadPng(ReadOnlySpan<byte> header)
    {
        var (depth, colour, compression, filter, interlaced) = (header[8], header[9], header[10], header[11], header[12]);
        return depth == 8 && colour is 0 or 2 or 3 or 4 or 6 && (depth, compression, filter, interlaced) == (8, 0, 0, 0)
            ? new Picture(PictureKind.Png, Side(header), Side(header[4..]), colour)
            : null;
    }

    private static int Side(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes) is <= MaxSide and var side ? (int)side : 0;

    /// <summary>From segment to segment until the frame header (ITU-T T.81, B.2.2).</summary>
    private static Picture? ReadJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xff;)
        {
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }
            // SOF0 to SOF2: baseline, extended, progressive. Lossless and arithmetic ones no reader of PDF knows.
            if (marker is 0xc0 or 0xc1 or 0xc2)
                return file[at + 4] == 8 && file[at + 9] is 1 or 3
                    ? new Picture(PictureKind.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), file[at + 9])
                    : null;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }

    /// <summary>The largest size with its proportions within <paramref name="width"/> × <paramref name="height"/>, in their unit.</summary>
    internal (double Width, double Height) Within(double width, double height)
    {
        var scale = Math.Min(width / Width, height / Height);
        return (Width * scale, Height * scale);
    }
}
