using System.Text;

namespace LLMoin.Exports.Pdf.Objects;

/// <param name="Id">Its object.</param>
internal sealed record PdfPage(int Id)
{
    /// <summary>Drawing operators.</summary>
    public StringBuilder Content { get; } = new();

    /// <summary>Whose piece each mark is, by its number.</summary>
    public List<StructureNode> Marks { get; } = [];

    /// <summary>Links: their objects, and the elements that they belong to.</summary>
    public List<(int Id, StructureNode Node)> Annotations { get; } = [];
}
