namespace LLMoin.Prompts.Examples;

/// <summary>German or English, by the small words that every text of some length has and the other language lacks.</summary>
internal static class WrittenLanguage
{
    private static readonly HashSet<string> German = new(StringComparer.OrdinalIgnoreCase)
    {
        "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "einen", "den", "dem", "des", "mit", "von", "zu", "zum", "zur", "auf", "für", "sich",
        "im", "auch", "wird", "werden", "sind", "oder", "als", "bei", "aus", "nach", "wie", "sie", "wir", "ich", "kann", "haben", "hat", "bis",
    };

    private static readonly HashSet<string> English = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "and", "is", "of", "to", "not", "with", "for", "that", "this", "are", "be", "by", "it", "or", "as", "on", "at", "from", "which",
        "you", "we", "can", "have", "has", "must", "until", "your", "if", "will", "would", "should",
    };

    /// <returns><c>de</c>, <c>en</c>, or null where neither is clearly more.</returns>
    public static string? Of(string text)
    {
        var words = text.Split([' ', '\n', '\r', '\t', '.', ',', ';', ':', '(', ')', '!', '?', '"'], StringSplitOptions.RemoveEmptyEntries);
        var (german, english) = (words.Count(German.Contains), words.Count(English.Contains));
        return german > english ? "de" : english > german ? "en" : null;
    }
}
