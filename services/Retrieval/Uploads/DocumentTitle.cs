namespace LLMoin.Retrieval.Uploads;

/// <summary>What a document is called in citations: as its sender says, else as it says itself, else as its file.</summary>
internal static class DocumentTitle
{
    public const int Longest = 200;

    /// <returns>False when the given title is none.</returns>
    public static bool TryChoose(UploadedText upload, out string title)
    {
        title = upload.Title?.Trim() ?? "";
        if (title.Length > Longest || title.Any(char.IsControl))
            return false;
        if (title.Length == 0)
            title = FromHeading(upload.Text) ?? Shorten(Path.GetFileNameWithoutExtension(upload.FileName));
        return true;
    }

    private static string? FromHeading(string text)
    {
        var first = text.AsSpan().TrimStart();
        if (!first.StartsWith("# ")) return null;
        var end = first.IndexOf('\n');
        var heading = (end < 0 ? first : first[..end]).Trim("# \t").ToString();
        return heading.Length == 0 || heading.Any(char.IsControl) ? null : Shorten(heading);
    }

    private static string Shorten(string title) => title.Length <= Longest ? title : title[..(Longest - 1)] + "…";
}
