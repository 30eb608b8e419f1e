namespace LLMoin.Exports;

public enum ExportFormat
{
    /// <summary>CommonMark with pipe tables and YAML front matter.</summary>
    Markdown,

    /// <summary>Office Open XML (ECMA-376).</summary>
    Docx,

    /// <summary>PDF 1.7, tagged, with its fonts.</summary>
    Pdf,
}

/// <param name="Content">The whole file.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="FileName">Made of the title, safe on every file system; with extension.</param>
public sealed record ExportFile(byte[] Content, string ContentType, string FileName);
