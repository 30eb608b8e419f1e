using System.Text.RegularExpressions;

namespace LLMoin.Prompts.Examples;

/// <summary>Holds an answer against what is expected of it.</summary>
internal static partial class ExampleCheck
{
    public const RegexOptions PatternOptions = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    /// <summary>A pattern that takes longer on an answer counts as not matching.</summary>
    public static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);

    /// <returns>What does not hold, each as a sentence; empty when the answer passes.</returns>
    public static IReadOnlyList<string> Faults(string answer, Expectation expect)
    {
        var faults = new List<string>();
        foreach (var text in expect.Contains ?? [])
            Expect(Contains(answer, text), $"does not contain \"{text}\"");
        foreach (var text in expect.NotContains ?? [])
            Expect(!Contains(answer, text), $"contains \"{text}\"");
        foreach (var pattern in expect.Matches ?? [])
            Match(pattern);

        var cites = Citation().Count(answer);
        Expect(cites >= (expect.Cites ?? 0), $"has {cites} citations, expected at least {expect.Cites}");
        var words = Word().Count(answer);
        Expect(words >= (expect.MinWords ?? 0), $"has {words} words, expected at least {expect.MinWords}");
        Expect(words <= (expect.MaxWords ?? int.MaxValue), $"has {words} words, expected at most {expect.MaxWords}");
        if (expect.Language is { } language)
            Expect(WrittenLanguage.Of(answer) == language, $"is not written in '{language}'");
        return faults;

        void Match(string pattern)
        {
            try
            {
                Expect(Regex.IsMatch(answer, pattern, PatternOptions, PatternTime), $"does not match /{pattern}/");
            }
            catch (RegexMatchTimeoutException)
            {
                faults.Add($"took longer than {PatternTime.TotalMilliseconds:0} ms to match /{pattern}/");
            }
        }

        void Expect(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }

    private static bool Contains(string answer, string text) => answer.Contains(text, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\[\d{1,3}\]", RegexOptions.None, 1_000)]
    private static partial Regex Citation();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’\-]*", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
