namespace LLMoin.Chat.Conversations.Searches;

/// <summary>What somebody types as a query of PostgreSQL's text search (<c>to_tsquery</c>, PostgreSQL manual, section 12.3.2).</summary>
internal static class SearchWords
{
    private const int Most = 12;

    /// <summary>
    /// All words must occur, each as the beginning of one. Each is quoted, so that the parser that took the text apart takes it apart, too,
    /// and no sign in it is an operator.
    /// </summary>
    /// <returns>Null where there is no letter or digit.</returns>
    public static string? Query(string typed)
    {
        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(sign => sign is not ('\'' or '\\' or '"') && !char.IsControl(sign))))
            .Where(word => word.Any(char.IsLetterOrDigit))
            .Take(Most);
        var query = string.Join(" & ", words.Select(word => $"'{word}':*"));
        return query.Length == 0 ? null : query;
    }
}
