using System.Text.RegularExpressions;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>A variable as its author sends it.</summary>
internal sealed partial record VariableInput(string? Name, string? Type, string? Label, string? LabelEn, bool? Required, IReadOnlyList<string>? Choices)
{
    private const int MostVariables = 40;
    private const int MostChoices = 50;

    public static ProblemResult? Check(IReadOnlyList<VariableInput>? variables)
    {
        if (variables?.Count > MostVariables) return Fields.Wrong("variables", "at most 40", "höchstens 40");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (variables?.Count ?? 0); i++)
        {
            if (variables![i] is not { } variable) return Fields.Wrong($"variables[{i}]", "not null", "nicht null");
            if (variable.Check($"variables[{i}]") is { } problem) return problem;
            if (!names.Add(variable.Name!)) return Fields.Wrong($"variables[{i}].name", "used once", "jeder Name nur einmal");
        }

        return null;
    }

    public Variable ToVariable() => new(Name!, Type ?? VariableType.Text, Label ?? Name!, Required ?? false, Choices, LabelEn);

    private ProblemResult? Check(string field)
    {
        if (Name is null || !VariableName().IsMatch(Name)) return Fields.Wrong(field + ".name", "1 to 40 lower-case letters, digits and underscores",
            "1 bis 40 Kleinbuchstaben, Ziffern und Unterstriche");
        if (!VariableType.All.Contains(Type ?? VariableType.Text)) return Fields.Wrong(field + ".type", string.Join(", ", VariableType.All), string.Join(", ", VariableType.All));
        if (Fields.Lacks(Label ?? "", 0, 120)) return Fields.Wrong(field + ".label", "at most 120 characters", "höchstens 120 Zeichen");
        if (Fields.Lacks(LabelEn ?? "", 0, 120)) return Fields.Wrong(field + ".labelEn", "at most 120 characters", "höchstens 120 Zeichen");
        var isChoice = Type == VariableType.Choice;
        return isChoice != Choices is { Count: > 0 and <= MostChoices } || Choices?.Any(choice => Fields.Lacks(choice, 1, 200)) == true
            ? Fields.Wrong(field + ".choices", "1 to 50 of 1 to 200 characters for the type choice, absent otherwise",
                "1 bis 50 mit 1 bis 200 Zeichen bei der Art choice, sonst keine")
            : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.None, 100)]
    private static partial Regex VariableName();
}
