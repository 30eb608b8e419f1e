namespace LLMoin.Retrieval.Uploads;

/// <summary>What a document is called in citations: as its sender says, else as it says itself once it is read, else as its file.</summary>
internal static class DocumentTitle
{
    public const int Longest = 200;

    /// <returns>False when the given title is none.</returns>
    public static bool TryChoose(UploadedFile upload, out string title)
    {
        title = upload.Title?.Trim() ?? "";
        if (title.Length > Longest || title.Any(char.IsControl))
            return false;
        if (title.Length == 0)
            title = Path.GetFileNameWithoutExtension(upload.FileName);
        return true;
    }
}
