using System.Globalization;

namespace LLMoin.Exports.Pdf.Objects;

/// <summary>
/// An element of the logical structure (ISO 32000-1, 14.7), which is what screen readers read: a tree of headings, paragraphs, lists and
/// tables over the marked pieces of the pages.
/// </summary>
internal sealed class StructureNode
{
    private readonly List<(StructureNode? Node, int Page, int Mark, int Annotation)> _kids = [];
    private readonly StructureNode? _parent;
    private readonly string _attributes;

    /// <param name="type">A standard structure type, e.g. <c>P</c>.</param>
    /// <param name="parent">What it is a part of; null for the root.</param>
    /// <param name="attributes">Further entries of its dictionary.</param>
    public StructureNode(string type, StructureNode? parent, string attributes = "")
    {
        (Type, _parent, _attributes) = (type, parent, attributes);
        parent?._kids.Add((this, 0, 0, 0));
    }

    public string Type { get; }

    /// <summary>Its object, once numbered.</summary>
    public int Id { get; private set; }

    public StructureNode Add(string type, string attributes = "") => new(type, this, attributes);

    /// <param name="page">The page's object.</param>
    /// <param name="mark">The piece's number on that page.</param>
    public void AddContent(int page, int mark) => _kids.Add((null, page, mark, 0));

    public void AddAnnotation(int page, int annotation) => _kids.Add((null, page, 0, annotation));

    /// <summary>Numbers the node and all below it.</summary>
    public void Number(PdfFile file)
    {
        Id = file.Reserve();
        foreach (var (node, _, _, _) in _kids)
            node?.Number(file);
    }

    public void WriteTo(PdfFile file, int root)
    {
        var kids = string.Join(' ', _kids.Select(kid => kid switch
        {
            ({ } node, _, _, _) => Invariant($"{node.Id} 0 R"),
            (_, var page, _, > 0 and var annotation) => Invariant($"<< /Type /OBJR /Pg {page} 0 R /Obj {annotation} 0 R >>"),
            (_, var page, var mark, _) => Invariant($"<< /Type /MCR /Pg {page} 0 R /MCID {mark} >>"),
        }));
        file.Set(Id, Invariant($"<< /Type /StructElem /S /{Type} /P {_parent?.Id ?? root} 0 R {_attributes} /K [{kids}] >>"));
        foreach (var (node, _, _, _) in _kids)
            node?.WriteTo(file, root);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
