using System.Text.RegularExpressions;

namespace LLMoin.Chat.Functions.Translations;

/// <summary>
/// What must be the same in a text and its translation: figures, dates, amounts, file numbers, references to the law, addresses, names after a title,
/// and the formatting. By characters alone; a difference is for a person to look at.
/// </summary>
/// <param name="Missing">In the text and not in the translation.</param>
/// <param name="Added">In the translation and not in the text.</param>
/// <param name="Formatting">Kinds of blocks whose number differs, e.g. <c>headings 3, 2</c>.</param>
internal sealed partial record Fidelity(IReadOnlyList<string> Missing, IReadOnlyList<string> Added, IReadOnlyList<string> Formatting)
{
    private const int Most = 100;

    private static readonly IReadOnlyList<(string Name, Regex Pattern)> Blocks = [("headings", Heading()), ("list items", Item()), ("table rows", Row()), ("code fences", Fence()), ("links", Link())];

    public static Fidelity Of(string text, string translation)
    {
        var (before, after) = (Facts(text), Facts(translation));
        return new Fidelity(
            [.. Surplus(before, after).Take(Most)], [.. Surplus(after, before).Take(Most)],
            [.. Blocks.Select(block => (block.Name, Before: block.Pattern.Count(text), After: block.Pattern.Count(translation))).Where(count => count.Before != count.After)
                .Select(count => $"{count.Name} {count.Before}, {count.After}")]);
    }

    /// <summary>Facts by what they mean, each as it is written first, and how often.</summary>
    private static Dictionary<string, (string Written, int Times)> Facts(string text)
    {
        Dictionary<string, (string, int)> facts = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, written) in Addresses().Matches(text).Select(match => (match.Value, match.Value))
                     .Concat(Names().Matches(text).Select(match => (match.Groups[1].Value, match.Value)))
                     .Concat(Figures().Matches(Addresses().Replace(text, " ")).SelectMany(Meaning)))
            facts[key] = facts.TryGetValue(key, out var known) ? (known.Item1, known.Item2 + 1) : (written, 1);
        return facts;
    }

    private static IEnumerable<string> Surplus(Dictionary<string, (string Written, int Times)> these, Dictionary<string, (string Written, int Times)> those)
        => these.Where(fact => fact.Value.Times > (those.TryGetValue(fact.Key, out var other) ? other.Times : 0)).Select(fact => fact.Value.Written);

    /// <summary>
    /// "1.234,56" and "1,234.56" are the same, and so are "03.04.2026" and "3 April 2026", whose month is a word in one of them and left out in both.
    /// </summary>
    private static IEnumerable<(string, string)> Meaning(Match match)
    {
        var written = match.Value;
        if (Date().Match(written) is { Success: true } date)
            return [(date.Groups[1].Value.TrimStart('0'), written), (date.Groups[3].Value, written)];
        var digits = string.Concat(written.Where(char.IsDigit)).TrimStart('0');
        return [(digits.Length == 0 ? "0" : digits, written)];
    }

    [GeneratedRegex(@"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")]
    private static partial Regex Date();

    /// <summary>With separators between digits, not before or behind.</summary>
    [GeneratedRegex(@"\d+(?:[.,:/’' \u00A0\u202F-](?=\d)\d+)*")]
    private static partial Regex Figures();

    [GeneratedRegex(@"https?://[^\s)>\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\b(?:Herrn?|Frau|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?)(?: (?:Dr\.|Prof\.))* (\p{Lu}[\p{L}-]+)")]
    private static partial Regex Names();

    [GeneratedRegex(@"^#{1,6} ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d{1,3}[.)]) ", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^```", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(")]
    private static partial Regex Link();
}
