using System.Buffers.Binary;
using System.Text;

namespace LLMoin.Exports.Pdf.Fonts;

/// <summary>
/// What setting text needs of a TrueType font (ISO/IEC 14496-22): which glyph draws a character and how wide it is. Trusts the file,
/// which is one of the library's own.
/// </summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, (int Start, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _metricsCount;

    public TrueTypeFont(string name, byte[] file)
    {
        Name = name;
        _file = file;
        for (var index = 0; index < U16(4); index++)
        {
            var record = 12 + (16 * index);
            _tables.Add(Encoding.ASCII.GetString(file, record, 4), ((int)U32(record + 8), (int)U32(record + 12)));
        }
        var (head, hhea, os2, post) = (_tables["head"].Start, _tables["hhea"].Start, _tables["OS/2"].Start, _tables["post"].Start);
        UnitsPerEm = U16(head + 18);
        Box = [.. Enumerable.Range(0, 4).Select(side => Scaled(I16(head + 36 + (2 * side))))];
        HasLongOffsets = I16(head + 50) == 1;
        (Ascent, Descent) = (Scaled(I16(hhea + 4)), Scaled(I16(hhea + 6)));
        _metricsCount = U16(hhea + 34);
        GlyphCount = U16(_tables["maxp"].Start + 4);
        // Only since its version 2 does the table say how high capitals are.
        CapHeight = U16(os2) >= 2 ? Scaled(I16(os2 + 88)) : Ascent;
        ItalicAngle = I16(post + 4);
        IsFixedPitch = U32(post + 12) != 0;
        ReadCharacters(_tables["cmap"].Start);
    }

    public string Name { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    public bool HasLongOffsets { get; }

    /// <summary>Left, bottom, right, top, in thousandths of the type size, as all that follows.</summary>
    public IReadOnlyList<int> Box { get; }

    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    /// <summary>Degrees, negative to the right.</summary>
    public int ItalicAngle { get; }

    public bool IsFixedPitch { get; }

    /// <summary>0 where the font has none.</summary>
    public ushort Glyph(int character) => _glyphs.GetValueOrDefault(character);

    /// <summary>In thousandths of the type size.</summary>
    public int Width(ushort glyph) => Scaled(U16(_tables["hmtx"].Start + (4 * Math.Min(glyph, _metricsCount - 1))));

    public ReadOnlySpan<byte> Table(string tag) => _tables.TryGetValue(tag, out var place) ? _file.AsSpan(place.Start, place.Length) : [];

    /// <summary>The glyph's outline; empty for a space.</summary>
    public ReadOnlySpan<byte> Outline(ushort glyph)
    {
        var (begin, end) = (Offset(glyph), Offset(glyph + 1));
        return Table("glyf")[begin..end];
    }

    private int Offset(int glyph)
    {
        var loca = _tables["loca"].Start;
        return HasLongOffsets ? (int)U32(loca + (4 * glyph)) : 2 * U16(loca + (2 * glyph));
    }

    private void ReadCharacters(int cmap)
    {
        for (var index = 0; index < U16(cmap + 2); index++)
        {
            var subtable = cmap + (int)U32(cmap + 4 + (8 * index) + 4);
            if (U16(subtable) == 4)
                ReadSegments(subtable);
            else if (U16(subtable) == 12)
                ReadGroups(subtable);
        }
    }

    /// <summary>Format 4: the basic plane.</summary>
    private void ReadSegments(int subtable)
    {
        var twice = U16(subtable + 6);
        for (var segment = 0; segment < twice; segment += 2)
        {
            var (end, start) = (U16(subtable + 14 + segment), U16(subtable + 16 + twice + segment));
            var (delta, at) = (U16(subtable + 16 + (2 * twice) + segment), subtable + 16 + (3 * twice) + segment);
            for (var character = (int)start; character <= end && character != 0xffff; character++)
            {
                var glyph = U16(at) == 0 ? character : U16(at + U16(at) + (2 * (character - start)));
                if (glyph != 0)
                    _glyphs.TryAdd(character, (ushort)(glyph + delta));
            }
        }
    }

    /// <summary>Format 12: all of Unicode.</summary>
    private void ReadGroups(int subtable)
    {
        for (var group = 0; group < U32(subtable + 12); group++)
        {
            var record = subtable + 16 + (12 * group);
            for (var character = U32(record); character <= U32(record + 4); character++)
                _glyphs.TryAdd((int)character, (ushort)(U32(record + 8) + character - U32(record)));
        }
    }

    private int Scaled(int units) => (int)Math.Round(units * 1000.0 / UnitsPerEm);

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
