using LLMoin.Chat.Functions.Documents;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary>
/// How a text of any length is summarised whole by a model of any context: it is cut into parts that fit, each part is summarised (map), the
/// partial summaries are condensed until they fit at once, and the last question writes the summary (reduce). A summary longer than a model
/// writes at once comes in sections.
/// </summary>
internal sealed record SummaryPlan
{
    /// <summary>More than a model writes well at once.</summary>
    private const int MostWordsAtOnce = 1_000;

    /// <summary>Five pages; longer parts are read less carefully, by people and models alike.</summary>
    private const int LongestPart = 12_000;

    private const int ShortestPart = 1_500;

    /// <summary>Characters of German per token of usual vocabularies, at the least.</summary>
    private const double CharactersPerToken = 2.5;

    private const int FewestWordsOfPart = 30;

    /// <summary>Characters of passages in one question.</summary>
    public required int Budget { get; init; }

    /// <summary>Words of each section's summary.</summary>
    public required int Words { get; init; }

    /// <summary>The same in the words of a question: "120 Wörtern", or "3 Sätzen" where sentences were asked for.</summary>
    public required string Length { get; init; }

    /// <summary>Numbers of portions, part by part, section by section.</summary>
    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Sections { get; init; }

    public int Parts => Sections.Sum(section => section.Count);

    public static SummaryPlan For(IReadOnlyList<Portion> portions, SummaryLength length, int contextTokens)
    {
        // Half for what is read; rules, question and answer have the other.
        var budget = (int)Math.Clamp(contextTokens / 2 * CharactersPerToken, ShortestPart, LongestPart);
        var words = length.Words(portions.Sum(portion => CountWords(portion.Document.Text.AsSpan(portion.Start, portion.Length))));
        List<List<int>> parts = [];
        var size = 0;
        for (var i = 0; i < portions.Count; i++)
        {
            if (parts.Count == 0 || size + portions[i].Length > budget)
            {
                parts.Add([]);
                size = 0;
            }
            parts[^1].Add(i);
            size += portions[i].Length;
        }

        var sections = Math.Clamp((words + MostWordsAtOnce - 1) / MostWordsAtOnce, 1, Math.Max(1, parts.Count));
        return new SummaryPlan
        {
            Budget = budget,
            Words = (words + sections - 1) / sections,
            Length = sections == 1 ? length.Phrase(words) : $"{(words + sections - 1) / sections} Wörtern",
            Sections = [.. Enumerable.Range(0, sections).Select(section => parts[(section * parts.Count / sections)..((section + 1) * parts.Count / sections)])],
        };
    }

    /// <summary>Words of each of so many partial summaries: together more than the whole shall have, as not all of it will be kept.</summary>
    public int WordsOfPart(int parts) => Math.Max(FewestWordsOfPart, 2 * Words / Math.Max(1, parts));

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var (count, inside) = (0, false);
        foreach (var character in text)
        {
            var letter = char.IsLetterOrDigit(character);
            if (letter && !inside)
                count++;
            inside = letter;
        }
        return count;
    }
}
