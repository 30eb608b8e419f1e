using System.Globalization;
using System.Text;
using LLMoin.Exports.Pdf.Objects;

namespace LLMoin.Exports.Pdf.Fonts;

/// <summary>A font in one file: the glyphs that were used and the characters that they stand for, so that the text can be read out again.</summary>
/// <param name="Font">The font.</param>
/// <param name="Name">As pages call it.</param>
/// <param name="Id">Its object in the file.</param>
internal sealed record UsedFont(TrueTypeFont Font, string Name, int Id)
{
    /// <summary>Drawn where the font has no glyph; DejaVu has it.</summary>
    private const int Replacement = 0xfffd;

    private readonly SortedDictionary<ushort, int> _used = [];

    /// <summary>The text's glyphs in hexadecimal, two bytes each.</summary>
    public string Encode(string text)
    {
        var output = new StringBuilder(4 * text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var (glyph, character) = Find(rune.Value);
            _used.TryAdd(glyph, character);
            output.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }
        return output.ToString();
    }

    /// <summary>In points at a size of <paramref name="size"/>.</summary>
    public static double Measure(TrueTypeFont font, string text, double size)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += font.Width(font.Glyph(rune.Value) is not 0 and var glyph ? glyph : font.Glyph(Replacement));
        return width * size / 1000;
    }

    private (ushort Glyph, int Character) Find(int character)
        => Font.Glyph(character) is not 0 and var glyph ? (glyph, character) : (Font.Glyph(Replacement), Replacement);

    /// <summary>As a composite font (ISO 32000-1, 9.7) whose codes are its glyphs' numbers.</summary>
    public void WriteTo(PdfFile file)
    {
        // Six letters mark a subset; they need not differ as each font occurs once.
        var name = "LLMOIN+" + Font.Name;
        var program = file.AddStream("", FontSubset.Write(Font, _used.Keys));
        var flags = 32 | (Font.IsFixedPitch ? 1 : 0) | (Font.ItalicAngle != 0 ? 64 : 0);
        var descriptor = file.Add(Invariant(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [{string.Join(' ', Font.Box)}] /ItalicAngle {Font.ItalicAngle} /Ascent {Font.Ascent} /Descent {Font.Descent} /CapHeight {Font.CapHeight} /StemV 80 /FontFile2 {program} 0 R >>"));
        var widths = string.Join(' ', _used.Keys.Select(glyph => Invariant($"{glyph} [{Font.Width(glyph)}]")));
        var descendant = file.Add(Invariant(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 600 /W [{widths}] /CIDToGIDMap /Identity >>"));
        var characters = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        file.Set(Id, Invariant($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {characters} 0 R >>"));
    }

    private string ToUnicode()
    {
        var output = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        // A section has at most a hundred entries.
        foreach (var section in _used.Chunk(100))
        {
            output.Append(CultureInfo.InvariantCulture, $"{section.Length} beginbfchar\n");
            foreach (var (glyph, character) in section)
                output.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(character)))}>\n");
            output.Append("endbfchar\n");
        }
        return output.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
