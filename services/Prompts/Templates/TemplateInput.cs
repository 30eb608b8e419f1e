using System.Text.RegularExpressions;
using LLMoin.Prompts.Examples;
using LLMoin.Prompts.Rendering;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>A template as its author sends it; everything is bounded and checked before any of it is stored.</summary>
/// <param name="Scope"><c>private</c> or <c>department:&lt;id&gt;</c>; what is wider is reached by a submission.</param>
internal sealed partial record TemplateInput(
    string? Name, string? Title, string? TitleEn, string? Description, string? DescriptionEn, string? Language, string? Category,
    IReadOnlyList<string>? Tags, string? Function, ModelHints? ModelHints, string? Body, IReadOnlyList<VariableInput>? Variables,
    IReadOnlyList<ExampleInput>? Examples, string? Scope)
{
    private const int LongestBody = 20_000;
    private const int MostTags = 20;
    private const int MostModels = 10;

    /// <returns>Null, or the first field that is not as it should be.</returns>
    public ProblemResult? Check()
    {
        if (Name is null || !Slug().IsMatch(Name)) return Fields.Wrong("name", "1 to 60 lower-case letters, digits and hyphens",
            "1 bis 60 Kleinbuchstaben, Ziffern und Bindestriche");
        if (Fields.Lacks(Title, 1, 120)) return Fields.Wrong("title", "1 to 120 characters", "1 bis 120 Zeichen");
        if (Fields.Lacks(TitleEn ?? "", 0, 120)) return Fields.Wrong("titleEn", "at most 120 characters", "höchstens 120 Zeichen");
        if (Fields.Lacks(Description ?? "", 0, 1_000)) return Fields.Wrong("description", "at most 1000 characters", "höchstens 1000 Zeichen");
        if (Fields.Lacks(DescriptionEn ?? "", 0, 1_000)) return Fields.Wrong("descriptionEn", "at most 1000 characters", "höchstens 1000 Zeichen");
        if (!LanguageTag().IsMatch(Language ?? "de")) return Fields.Wrong("language", "a language tag such as de or de-DE (RFC 5646)",
            "ein Sprachkennzeichen wie de oder de-DE (RFC 5646)");
        if (Fields.Lacks(Category ?? "", 0, 60)) return Fields.Wrong("category", "at most 60 characters", "höchstens 60 Zeichen");
        if (Tags?.Count > MostTags || Tags?.Any(tag => Fields.Lacks(tag, 1, 40) || tag.Any(char.IsControl)) == true) return Fields.Wrong("tags", "at most 20 of 1 to 40 characters",
            "höchstens 20 mit 1 bis 40 Zeichen");
        if (!PromptFunction.All.Contains(Function ?? PromptFunction.Chat)) return Fields.Wrong("function", string.Join(", ", PromptFunction.All), string.Join(", ", PromptFunction.All));
        if (Scope is not null && !TemplateScope.IsValid(Scope)) return Fields.Wrong("scope", "private, department:<id>, tenant, land or all",
            "private, department:<Kennung>, tenant, land oder all");
        if (string.IsNullOrWhiteSpace(Body) || Body.Length > LongestBody || Body.Contains('\0', StringComparison.Ordinal)) return Fields.Wrong("body", "1 to 20000 characters",
            "1 bis 20000 Zeichen");
        return CheckModelHints() ?? VariableInput.Check(Variables) ?? TemplateParser.Check(Body, DeclaredVariables()) ?? ExampleInput.Check(Examples, DeclaredVariables());
    }

    /// <summary>What of it a version keeps; valid after <see cref="Check"/>.</summary>
    public TemplateContent ToContent() => new(
        Title!.Trim(), TitleEn?.Trim() ?? "", Description?.Trim() ?? "", DescriptionEn?.Trim() ?? "", Language ?? "de", Category?.Trim() ?? "",
        Tags?.Select(tag => tag.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() ?? [], Function ?? PromptFunction.Chat, ModelHints,
        Body!, DeclaredVariables(), [.. (Examples ?? []).Select(example => example.ToExample())]);

    private IReadOnlyList<Variable> DeclaredVariables() => [.. (Variables ?? []).Select(variable => variable.ToVariable())];

    private ProblemResult? CheckModelHints()
    {
        if (ModelHints is null) return null;
        if (ModelHints.Temperature is < 0 or > 2 or double.NaN) return Fields.Wrong("modelHints.temperature", "0 to 2", "0 bis 2");
        if (ModelHints.MaxTokens is < 1 or > 100_000) return Fields.Wrong("modelHints.maxTokens", "1 to 100000", "1 bis 100000");
        return ModelHints.Preferred?.Count > MostModels || ModelHints.Preferred?.Any(model => Fields.Lacks(model, 1, 100)) == true
            ? Fields.Wrong("modelHints.preferred", "at most 10 names of 1 to 100 characters", "höchstens 10 Namen mit 1 bis 100 Zeichen")
            : null;
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", RegexOptions.None, 100)]
    internal static partial Regex Slug();

    [GeneratedRegex("^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$", RegexOptions.None, 100)]
    private static partial Regex LanguageTag();
}

/// <summary>How wrong fields are told.</summary>
internal static class Fields
{
    public static bool Lacks(string? text, int least, int most)
        => text is null || text.Trim().Length < least || text.Length > most || text.Contains('\0', StringComparison.Ordinal);

    public static ProblemResult Wrong(string field, string expected, string erwartet)
        => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field, $"{field}: {erwartet}.");
}
