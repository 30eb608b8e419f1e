using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Examples;

/// <summary>Values for a template, and what an answer to them is known to be good by.</summary>
internal sealed record Example(string Name, IReadOnlyDictionary<string, JsonElement> Values, Expectation Expect);

/// <summary>All of it has to hold; what is absent is not looked at.</summary>
/// <param name="Contains">Texts that occur, whatever their case.</param>
/// <param name="NotContains">Texts that do not occur.</param>
/// <param name="Matches">Regular expressions (.NET, across lines, whatever the case) that match somewhere.</param>
/// <param name="Cites">Fewest citations of the form [1].</param>
/// <param name="MinWords">Fewest words.</param>
/// <param name="MaxWords">Most words.</param>
/// <param name="Language"><c>de</c> or <c>en</c>.</param>
internal sealed record Expectation(
    IReadOnlyList<string>? Contains = null, IReadOnlyList<string>? NotContains = null, IReadOnlyList<string>? Matches = null,
    int? Cites = null, int? MinWords = null, int? MaxWords = null, string? Language = null);

/// <summary>An example as its author sends it.</summary>
internal sealed record ExampleInput(string? Name, IReadOnlyDictionary<string, JsonElement>? Values, Expectation? Expect)
{
    private const int MostExamples = 20;
    private const int MostTexts = 30;
    private const int LongestText = 500;

    public static ProblemResult? Check(IReadOnlyList<ExampleInput>? examples, IReadOnlyList<Variable> variables)
    {
        if (examples?.Count > MostExamples) return Fields.Wrong("examples", "at most 20", "höchstens 20");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (examples?.Count ?? 0); i++)
        {
            if (examples![i] is not { } example) return Fields.Wrong($"examples[{i}]", "not null", "nicht null");
            if (Fields.Lacks(example.Name, 1, 80) || !names.Add(example.Name!)) return Fields.Wrong($"examples[{i}].name", "1 to 80 characters, used once",
                "1 bis 80 Zeichen, jeder Name nur einmal");
            if (example.CheckExpectation($"examples[{i}].expect") is { } problem) return problem;
            if (VariableValues.Read(variables, example.Values ?? NoValues, out _) is { } unfit)
                return unfit with { Field = $"examples[{i}].{unfit.Field}" };
        }

        return null;
    }

    public Example ToExample() => new(Name!.Trim(), Values ?? NoValues, Expect ?? new Expectation());

    private static readonly Dictionary<string, JsonElement> NoValues = [];

    private ProblemResult? CheckExpectation(string field)
    {
        if (Expect is null) return null;
        foreach (var (texts, name) in new[] { (Expect.Contains, "contains"), (Expect.NotContains, "notContains"), (Expect.Matches, "matches") })
        {
            if (texts?.Count > MostTexts || texts?.Any(text => Fields.Lacks(text, 1, LongestText)) == true)
                return Fields.Wrong($"{field}.{name}", "at most 30 of 1 to 500 characters", "höchstens 30 mit 1 bis 500 Zeichen");
        }

        if (Expect.Matches?.Any(pattern => !IsPattern(pattern)) == true) return Fields.Wrong(field + ".matches", "regular expressions", "reguläre Ausdrücke");
        if (Expect.Cites is < 0 or > 1_000) return Fields.Wrong(field + ".cites", "0 to 1000", "0 bis 1000");
        if (Expect.MinWords is < 0 or > 100_000) return Fields.Wrong(field + ".minWords", "0 to 100000", "0 bis 100000");
        if (Expect.MaxWords is < 1 or > 100_000 || Expect.MaxWords < Expect.MinWords) return Fields.Wrong(field + ".maxWords", "1 to 100000, not below minWords",
            "1 bis 100000, nicht unter minWords");
        return Expect.Language is null or "de" or "en" ? null : Fields.Wrong(field + ".language", "de or en", "de oder en");
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, ExampleCheck.PatternOptions, ExampleCheck.PatternTime);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
