using LLMoin.Exports.Pdf;
using LLMoin.Exports.Text;
using LLMoin.Exports.Word;

namespace LLMoin.Exports;

/// <summary>Writes a document as a file. The same document always gives the same file's text; nothing is read but what the library brings along.</summary>
public static class Exporter
{
    public static ExportFile Write(ExportDocument document, ExportFormat format)
    {
        var clean = Cleaning.Of(document);
        return format switch
        {
            ExportFormat.Markdown => new(MarkdownWriter.Write(clean), "text/markdown; charset=utf-8", FileName.Of(clean.Title, "md")),
            ExportFormat.Docx => new(
                DocxWriter.Write(clean), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileName.Of(clean.Title, "docx")),
            ExportFormat.Pdf => new(PdfWriter.Write(clean), "application/pdf", FileName.Of(clean.Title, "pdf")),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }
}
