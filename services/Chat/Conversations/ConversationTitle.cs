namespace LLMoin.Chat.Conversations;

/// <summary>A title made from the first question.</summary>
internal static class ConversationTitle
{
    /// <summary>Longest title that is made, in UTF-16 code units, without the ellipsis.</summary>
    private const int Longest = 80;

    /// <summary>A word longer than this is cut within.</summary>
    private const int LongestTail = 30;

    /// <summary>On one line, cut before the first word that no longer fits.</summary>
    public static string From(string question)
    {
        var line = string.Join(' ', question.Replace("\0", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= Longest)
            return line.Length == 0 ? "…" : line;
        var end = line.LastIndexOf(' ', Longest, LongestTail);
        if (end < 0)
            end = char.IsLowSurrogate(line[Longest]) ? Longest - 1 : Longest;
        return line[..end].TrimEnd(' ', ',', ';', ':', '-', '–', '(') + "…";
    }
}
