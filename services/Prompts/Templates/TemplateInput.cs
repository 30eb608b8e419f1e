using System.Text.RegularExpressions;
using LLMoin.Prompts.Rendering;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>A template as its author sends it; everything is bounded and checked before any of it is stored.</summary>
internal sealed partial record TemplateInput(
    string? Name, string? Title, string? Description, string? Language, string? Category, IReadOnlyList<string>? Tags, string? Body,
    IReadOnlyList<VariableInput>? Variables, string? Scope)
{
    private const int LongestBody = 20_000;
    private const int MostVariables = 40;
    private const int MostTags = 20;
    private const int MostChoices = 50;

    /// <returns>Null, or the first field that is not as it should be.</returns>
    public ProblemResult? Check()
    {
        if (Name is null || !Slug().IsMatch(Name)) return Wrong("name", "1 to 60 lower-case letters, digits and hyphens");
        if (Lacks(Title, 1, 120)) return Wrong("title", "1 to 120 characters");
        if (Lacks(Description ?? "", 0, 1_000)) return Wrong("description", "at most 1000 characters");
        if (!LanguageTag().IsMatch(Language ?? "de")) return Wrong("language", "a language tag such as de or de-DE (RFC 5646)");
        if (Lacks(Category ?? "", 0, 60)) return Wrong("category", "at most 60 characters");
        if (Tags?.Count > MostTags || Tags?.Any(tag => Lacks(tag, 1, 40) || tag.Any(char.IsControl)) == true) return Wrong("tags", "at most 20 of 1 to 40 characters");
        if (Scope is not (null or TemplateScope.Private or TemplateScope.Tenant)) return Wrong("scope", "private or tenant");
        if (Variables?.Count > MostVariables) return Wrong("variables", "at most 40");
        if (string.IsNullOrWhiteSpace(Body) || Body.Length > LongestBody || Body.Contains('\0', StringComparison.Ordinal)) return Wrong("body", "1 to 20000 characters");
        return CheckVariables() ?? TemplateParser.Check(Body, DeclaredVariables());
    }

    /// <summary>Valid after <see cref="Check"/>.</summary>
    public IReadOnlyList<Variable> DeclaredVariables()
        => [.. (Variables ?? []).Select(v => new Variable(v.Name!, v.Type ?? VariableType.Text, v.Label ?? v.Name!, v.Required ?? false, v.Choices))];

    private ProblemResult? CheckVariables()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (Variables?.Count ?? 0); i++)
        {
            var variable = Variables![i];
            if (variable is null) return Wrong($"variables[{i}]", "not null");
            if (variable.Name is null || !VariableName().IsMatch(variable.Name)) return Wrong($"variables[{i}].name", "1 to 40 lower-case letters, digits and underscores");
            if (!names.Add(variable.Name)) return Wrong($"variables[{i}].name", "used once");
            if (!VariableType.All.Contains(variable.Type ?? VariableType.Text)) return Wrong($"variables[{i}].type", string.Join(", ", VariableType.All));
            if (Lacks(variable.Label ?? "", 0, 120)) return Wrong($"variables[{i}].label", "at most 120 characters");
            var isChoice = variable.Type == VariableType.Choice;
            if (isChoice != variable.Choices is { Count: > 0 and <= MostChoices } || variable.Choices?.Any(choice => Lacks(choice, 1, 200)) == true)
                return Wrong($"variables[{i}].choices", "1 to 50 of 1 to 200 characters for the type choice, absent otherwise");
        }

        return null;
    }

    private static bool Lacks(string? text, int least, int most) => text is null || text.Trim().Length < least || text.Length > most || text.Contains('\0', StringComparison.Ordinal);

    private static ProblemResult Wrong(string field, string expected) => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field);

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", RegexOptions.None, 100)]
    private static partial Regex Slug();

    [GeneratedRegex("^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$", RegexOptions.None, 100)]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.None, 100)]
    private static partial Regex VariableName();
}

internal sealed record VariableInput(string? Name, string? Type, string? Label, bool? Required, IReadOnlyList<string>? Choices);

internal static class TemplateScope
{
    public const string Private = "private";
    public const string Tenant = "tenant";
    public const string Platform = "platform";
}

internal static class VariableType
{
    public const string Text = "text";
    public const string LongText = "long-text";
    public const string Number = "number";
    public const string Date = "date";
    public const string Boolean = "boolean";
    public const string Choice = "choice";
    public const string List = "list";

    public static readonly IReadOnlyList<string> All = [Text, LongText, Number, Date, Boolean, Choice, List];
}
