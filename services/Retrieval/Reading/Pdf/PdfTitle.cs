using System.Text.RegularExpressions;

namespace LLMoin.Retrieval.Reading.Pdf;

/// <summary>The title in a PDF's metadata, where it is one: many programs put there what the file was called when it was printed.</summary>
internal static partial class PdfTitle
{
    public static string? Of(string? title)
    {
        var clean = CleanText.Of(title ?? "");
        return clean.Length < 3 || NoTitle().IsMatch(clean) ? null : clean;
    }

    [GeneratedRegex(@"^(?:Microsoft (?:Word|PowerPoint|Excel)\b|untitled|unbenannt|ohne titel|dokument ?\d*$|document ?\d*$|präsentation ?\d*$)|\.(?:docx?|xlsx?|pptx?|odt|indd|pdf|rtf|tmp|qxp)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoTitle();
}
