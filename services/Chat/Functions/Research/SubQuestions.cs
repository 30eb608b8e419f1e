using System.Text.RegularExpressions;

namespace LLMoin.Chat.Functions.Research;

/// <summary>A question in parts.</summary>
internal static partial class SubQuestions
{
    private const int Most = 5;
    private const int Longest = 300;
    private const int Shortest = 8;

    /// <returns>The questions in it, one by one, where there are several; else the question itself.</returns>
    public static IReadOnlyList<string> Asked(string question)
    {
        List<string> parts = [.. End().Split(question).Select(part => part.Trim()).Where(part => part.Length >= Shortest)];
        return parts.Count > 1 ? [.. parts.Take(Most)] : [question.Trim()];
    }

    /// <param name="answer">A model's, a question or some words a line.</param>
    public static IReadOnlyList<string> Lines(string answer)
        => [.. answer.Split('\n').Select(line => Mark().Replace(line, "").Trim().Trim('"', '„', '“'))
            .Where(line => line.Length is >= Shortest and <= Longest && line.Any(char.IsLetter)).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];

    [GeneratedRegex(@"(?<=\?)\s+|\r?\n\s*\r?\n")]
    private static partial Regex End();

    [GeneratedRegex(@"^\s*(?:[-*•]|\(?\d{1,2}[.)])\s*")]
    private static partial Regex Mark();
}
