namespace LLMoin.Exports.Pdf.Fonts;

/// <summary>The DejaVu fonts inside this library, each read at its first use.</summary>
internal static class FontLibrary
{
    private static readonly Lazy<TrueTypeFont> Regular = Load("DejaVuSansCondensed");
    private static readonly Lazy<TrueTypeFont> Bold = Load("DejaVuSansCondensed-Bold");
    private static readonly Lazy<TrueTypeFont> Italic = Load("DejaVuSansCondensed-Oblique");
    private static readonly Lazy<TrueTypeFont> BoldItalic = Load("DejaVuSansCondensed-BoldOblique");
    private static readonly Lazy<TrueTypeFont> Mono = Load("DejaVuSansMono");

    public static TrueTypeFont Of(bool bold, bool italic, bool code)
        => (code ? Mono : (bold, italic) switch { (true, true) => BoldItalic, (true, false) => Bold, (false, true) => Italic, _ => Regular }).Value;

    private static Lazy<TrueTypeFont> Load(string name) => new(() =>
    {
        using var resource = typeof(FontLibrary).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in {typeof(FontLibrary).Assembly.GetName().Name}: the library was built without it.");
        using var file = new MemoryStream();
        resource.CopyTo(file);
        return new TrueTypeFont(name, file.ToArray());
    });
}
