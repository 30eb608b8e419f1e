using System.Text.RegularExpressions;

namespace LLMoin.Chat.Functions.Drafts;

/// <summary>A missing fact, visible: <c>[Datum]</c>. A link or a citation is none.</summary>
internal static partial class Placeholder
{
    private const int Most = 100;

    /// <returns>What stands in the brackets, each once.</returns>
    public static IReadOnlyList<string> In(string text)
        => [.. Pattern().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(name => name.Any(char.IsLetter) || name == "…").Distinct().Take(Most)];

    [GeneratedRegex(@"\[([^\[\]\n]{1,200})\](?!\()")]
    private static partial Regex Pattern();
}
