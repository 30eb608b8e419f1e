using System.Buffers.Binary;
using System.Text;

namespace LLMoin.Exports.Pdf.Fonts;

/// <summary>
/// A font file with the outlines of some glyphs only. Glyphs keep their numbers, so that nothing else in the file changes; a file of
/// 700 kB becomes one of 30.
/// </summary>
internal static class FontSubset
{
    private const int ArgumentsAreWords = 1;
    private const int HasScale = 8;
    private const int MoreComponents = 32;
    private const int HasTwoScales = 64;
    private const int HasMatrix = 128;

    /// <summary>What ISO 32000-1, 9.9, asks for, less what only systems read.</summary>
    private static readonly string[] Kept = ["cvt ", "fpgm", "head", "hhea", "hmtx", "maxp", "prep"];

    public static byte[] Write(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var (outlines, offsets) = Outlines(font, WithComponents(font, glyphs));
        var tables = Kept.Select(tag => (Tag: tag, Content: font.Table(tag).ToArray())).Where(table => table.Content.Length > 0)
            .Append((Tag: "glyf", Content: outlines)).Append((Tag: "loca", Content: offsets)).OrderBy(table => table.Tag, StringComparer.Ordinal).ToList();
        // Offsets are written long whatever they were.
        BinaryPrimitives.WriteInt16BigEndian(tables.Single(table => table.Tag == "head").Content.AsSpan(50), 1);

        var output = new MemoryStream();
        var power = (int)Math.Log2(tables.Count);
        Write32(output, 0x00010000);
        Write16(output, tables.Count);
        Write16(output, 16 << power);
        Write16(output, power);
        Write16(output, (16 * tables.Count) - (16 << power));
        var at = 12 + (16 * tables.Count);
        foreach (var (tag, content) in tables)
        {
            output.Write(Encoding.ASCII.GetBytes(tag));
            Write32(output, CheckSum(content));
            Write32(output, (uint)at);
            Write32(output, (uint)content.Length);
            at += Padded(content.Length);
        }
        foreach (var (_, content) in tables)
        {
            output.Write(content);
            output.Write(new byte[Padded(content.Length) - content.Length]);
        }
        return output.ToArray();
    }

    private static HashSet<ushort> WithComponents(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var all = new HashSet<ushort> { 0 };
        var open = new Stack<ushort>(glyphs);
        while (open.TryPop(out var glyph))
        {
            if (!all.Add(glyph))
                continue;
            foreach (var component in Components(font.Outline(glyph)))
                open.Push(component);
        }
        return all;
    }

    /// <summary>The glyphs that a composed one is made of; an umlaut of its letter and dots.</summary>
    private static List<ushort> Components(ReadOnlySpan<byte> outline)
    {
        var components = new List<ushort>();
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return components;
        var (at, flags) = (10, MoreComponents);
        while ((flags & MoreComponents) != 0)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            components.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2)
                + ((flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0);
        }
        return components;
    }

    private static (byte[] Outlines, byte[] Offsets) Outlines(TrueTypeFont font, HashSet<ushort> glyphs)
    {
        var (outlines, offsets) = (new MemoryStream(), new MemoryStream());
        for (var glyph = 0; glyph < font.GlyphCount; glyph++)
        {
            Write32(offsets, (uint)outlines.Length);
            if (glyphs.Contains((ushort)glyph))
                outlines.Write(font.Outline((ushort)glyph));
            outlines.Write(new byte[Padded((int)outlines.Length) - outlines.Length]);
        }
        Write32(offsets, (uint)outlines.Length);
        return (outlines.ToArray(), offsets.ToArray());
    }

    private static uint CheckSum(byte[] content)
    {
        var sum = 0u;
        for (var at = 0; at < content.Length; at++)
            sum += (uint)content[at] << (24 - (8 * (at % 4)));
        return sum;
    }

    private static int Padded(int length) => (length + 3) / 4 * 4;

    private static void Write16(Stream output, int value)
    {
        output.WriteByte((byte)(value >> 8));
        output.WriteByte((byte)value);
    }

    private static void Write32(Stream output, uint value)
    {
        Write16(output, (int)(value >> 16));
        Write16(output, (int)(value & 0xffff));
    }
}
