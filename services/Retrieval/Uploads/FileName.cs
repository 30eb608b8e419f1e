namespace LLMoin.Retrieval.Uploads;

/// <summary>File names come from strangers and end up in answers: no folders, no control characters, no hidden files.</summary>
internal static class FileName
{
    private const int Longest = 150;

    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && c is not (':' or '*' or '?' or '"' or '<' or '>' or '|'))).Trim(' ', '.');
        if (kept.Length > Longest)
        {
            var extension = Path.GetExtension(kept);
            kept = extension.Length < 10 ? kept[..(Longest - extension.Length)] + extension : kept[..Longest];
        }

        return kept.Length == 0 ? "document.txt" : kept;
    }
}
