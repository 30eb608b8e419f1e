using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Completions;

/// <summary>Functions that the model may call, and whether it must.</summary>
internal static partial class OfferedTools
{
    /// <summary>Most functions, as with OpenAI.</summary>
    private const int Most = 128;

    private const int LongestDescription = 4096;

    /// <summary>Longest schema of one function's parameters, in characters.</summary>
    private const int LongestParameters = 64 * 1024;

    public static ProblemResult? Check(CompletionRequest request)
    {
        var tools = request.Tools ?? [];
        if (tools.Count > Most)
            return Wrong("tools", $"At most {Most} tools can be offered.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < tools.Count; index++)
            if (CheckOne($"tools[{index}]", tools[index], names) is { } wrong)
                return wrong;
        return CheckChoice(request.ToolChoice, names);
    }

    public static IReadOnlyList<ToolDefinition> Of(CompletionRequest request)
        => [.. (request.Tools ?? []).Select(tool => new ToolDefinition(
            tool.Function!.Name, tool.Function.Description, tool.Function.Parameters is { ValueKind: JsonValueKind.Object } schema ? schema : null))];

    /// <summary>Null where the request leaves it to the model.</summary>
    public static ToolChoice? Choice(CompletionRequest request) => request.ToolChoice switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "none" => new ToolChoice(ToolChoiceMode.None),
            "required" => new ToolChoice(ToolChoiceMode.Required),
            _ => null,
        },
        { ValueKind: JsonValueKind.Object } named => new ToolChoice(ToolChoiceMode.Function, Named(named)),
        _ => null,
    };

    private static ProblemResult? CheckOne(string field, ToolOffer? tool, HashSet<string> names) => tool switch
    {
        not { Type: "function" } => Wrong($"{field}.type", "It is function."),
        { Function: null } => Wrong($"{field}.function", "It is missing."),
        { Function.Name: not { } } => Wrong($"{field}.function.name", "It is missing."),
        _ when !NamePattern().IsMatch(tool.Function.Name) => Wrong($"{field}.function.name", "It has 1 to 64 letters, digits, _ and -."),
        { Function.Description.Length: > LongestDescription } => Wrong($"{field}.function.description", $"It has at most {LongestDescription} characters."),
        { Function.Parameters: { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } } => Wrong($"{field}.function.parameters", "It is a JSON schema, an object."),
        { Function.Parameters: { } schema } when schema.GetRawText().Length > LongestParameters
            => Wrong($"{field}.function.parameters", $"A schema has at most {LongestParameters} characters."),
        _ => names.Add(tool.Function.Name) ? null : Wrong($"{field}.function.name", "Each function is offered once."),
    };

    private static ProblemResult? CheckChoice(JsonElement? choice, HashSet<string> names) => choice switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "none" or "auto" => null,
            "required" => names.Count > 0 ? null : Wrong("tool_choice", "No tools are offered."),
            _ => Wrong("tool_choice", "It is none, auto, required or names a function."),
        },
        { ValueKind: JsonValueKind.Object } named => Named(named) is { } name
            ? names.Contains(name) ? null : Wrong("tool_choice.function.name", "No such function is offered.")
            : Wrong("tool_choice.function.name", "It is missing.", "Die Angabe fehlt."),
        _ => Wrong("tool_choice", "It is none, auto, required or names a function."),
    };

    private static string? Named(JsonElement choice)
        => choice.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
           && function.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();
}
