using System.Globalization;
using LLMoin.Exports.Pdf.Fonts;
using LLMoin.Exports.Pdf.Objects;

namespace LLMoin.Exports.Pdf.Layout;

/// <summary>
/// The pages of a file, drawn on in points from their upper left corner. Everything drawn either belongs to an element of the structure or
/// is marked as an artifact, which no screen reader reads.
/// </summary>
internal sealed class Canvas(PdfFile file)
{
    public const double PointsPerMillimetre = 72 / 25.4;

    public const double Width = Paper.Width * PointsPerMillimetre;
    public const double Height = Paper.Height * PointsPerMillimetre;

    private readonly Dictionary<TrueTypeFont, UsedFont> _fonts = [];
    private readonly Dictionary<string, int> _pictures = [];

    public List<PdfPage> Pages { get; } = [];

    public PdfPage AddPage()
    {
        var page = new PdfPage(file.Reserve());
        Pages.Add(page);
        return page;
    }

    /// <param name="page">Where.</param>
    /// <param name="line">What; its pieces follow each other.</param>
    /// <param name="x">Of its beginning.</param>
    /// <param name="baseline">From the page's top.</param>
    /// <param name="node">Whose text it is; null for an artifact.</param>
    public void Draw(PdfPage page, Line line, double x, double baseline, StructureNode? node)
    {
        foreach (var piece in line.Pieces)
        {
            var owner = piece.Link is null || node is null ? node : node.Add("Link");
            Begin(page, owner);
            var font = Use(piece.Font);
            var colour = piece.Link is null ? "0 g" : "0.04 0.31 0.54 rg";
            Append(page, $"BT {colour} /{font.Name} {Number(piece.Size)} Tf {Number(x)} {Number(Height - baseline)} Td <{font.Encode(piece.Text)}> Tj ET\n");
            Append(page, $"EMC\n");
            if (piece.Link is { } link && owner is not null)
                AddLink(page, link, owner, x, baseline, piece);
            x += piece.Width;
        }
    }

    /// <summary>A line or an area, as an artifact.</summary>
    /// <param name="page">Where.</param>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">To the right.</param>
    /// <param name="height">Downwards.</param>
    /// <param name="grey">0 for black to 1 for white.</param>
    public static void Fill(PdfPage page, double left, double top, double width, double height, double grey)
        => Append(page, $"/Artifact BMC {Number(grey)} g {Number(left)} {Number(Height - top - height)} {Number(width)} {Number(height)} re f EMC\n");

    public void DrawPicture(PdfPage page, int picture, double left, double top, double width, double height)
    {
        _pictures.TryAdd("Im" + picture.ToString(CultureInfo.InvariantCulture), picture);
        Append(page, $"/Artifact BMC q {Number(width)} 0 0 {Number(height)} {Number(left)} {Number(Height - top - height)} cm /Im{picture} Do Q EMC\n");
    }

    /// <summary>Writes fonts and pages.</summary>
    /// <returns>The object of the pages' tree.</returns>
    public int Write()
    {
        foreach (var font in _fonts.Values)
            font.WriteTo(file);
        var tree = file.Reserve();
        var resources = file.Add("<< /Font << "
            + string.Concat(_fonts.Values.Select(font => Invariant($"/{font.Name} {font.Id} 0 R "))) + ">> /XObject << "
            + string.Concat(_pictures.Select(picture => Invariant($"/{picture.Key} {picture.Value} 0 R "))) + ">> >>");
        for (var index = 0; index < Pages.Count; index++)
        {
            var page = Pages[index];
            var content = file.AddStream("", System.Text.Encoding.ASCII.GetBytes(page.Content.ToString()));
            var annotations = string.Join(' ', page.Annotations.Select(annotation => Invariant($"{annotation.Id} 0 R")));
            file.Set(page.Id, Invariant(
                $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Number(Width)} {Number(Height)}] /Resources {resources} 0 R /Contents {content} 0 R /StructParents {index} /Tabs /S /Annots [{annotations}] >>"));
        }
        file.Set(tree, Invariant($"<< /Type /Pages /Count {Pages.Count} /Kids [{string.Join(' ', Pages.Select(page => Invariant($"{page.Id} 0 R")))}] >>"));
        return tree;
    }

    private static void Begin(PdfPage page, StructureNode? owner)
    {
        if (owner is null)
        {
            Append(page, $"/Artifact BMC ");
            return;
        }
        Append(page, $"/{owner.Type} << /MCID {page.Marks.Count} >> BDC ");
        owner.AddContent(page.Id, page.Marks.Count);
        page.Marks.Add(owner);
    }

    private void AddLink(PdfPage page, Uri link, StructureNode owner, double x, double baseline, Piece piece)
    {
        var bottom = Height - baseline - (piece.Size * 0.25);
        // The number behind those of the pages finds the element of the annotation.
        var number = StructureTree.FirstAnnotation + Pages.Sum(other => other.Annotations.Count);
        var id = file.Add(Invariant(
            $"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{Number(x)} {Number(bottom)} {Number(x + piece.Width)} {Number(bottom + (piece.Size * 1.2))}] /StructParent {number} /Contents {PdfFile.Text(piece.Text)} /A << /S /URI /URI <{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(link.AbsoluteUri))}> >> >>"));
        page.Annotations.Add((id, owner));
        owner.AddAnnotation(page.Id, id);
    }

    private UsedFont Use(TrueTypeFont font)
    {
        if (!_fonts.TryGetValue(font, out var used))
            _fonts.Add(font, used = new UsedFont(font, Invariant($"F{_fonts.Count + 1}"), file.Reserve()));
        return used;
    }

    private static void Append(PdfPage page, FormattableString operators) => page.Content.Append(Invariant(operators));

    private static string Number(double value) => PdfFile.Number(value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
