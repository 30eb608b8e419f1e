using System.Globalization;

namespace LLMoin.Exports.Pdf.Objects;

/// <summary>The root of the structure, and the way back from pieces of pages to their elements.</summary>
internal static class StructureTree
{
    /// <summary>Numbers of annotations begin here, those of pages at 0: there are fewer pages.</summary>
    public const int FirstAnnotation = 1_000_000;

    /// <returns>Its object.</returns>
    public static int Write(PdfFile file, StructureNode document, IReadOnlyList<PdfPage> pages)
    {
        var root = file.Reserve();
        document.Number(file);
        document.WriteTo(file, root);
        var entries = pages.Select((page, index) => Invariant($"{index} [{string.Join(' ', page.Marks.Select(mark => Invariant($"{mark.Id} 0 R")))}]"))
            .Concat(pages.SelectMany(page => page.Annotations).Select((annotation, index) => Invariant($"{FirstAnnotation + index} {annotation.Node.Id} 0 R")));
        var parents = file.Add($"<< /Nums [{string.Join('\n', entries)}] >>");
        file.Set(root, Invariant($"<< /Type /StructTreeRoot /K {document.Id} 0 R /ParentTree {parents} 0 R >>"));
        return root;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
