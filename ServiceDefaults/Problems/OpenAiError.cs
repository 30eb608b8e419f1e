using System.Text.Json.Serialization;

namespace LLMoin.ServiceDefaults.Problems;

/// <summary>The error object that OpenAI's clients read: <c>{"error":{"message","type","code","param"}}</c>.</summary>
public sealed record OpenAiError([property: JsonPropertyName("error")] OpenAiError.Body Error)
{
    public sealed record Body(
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("param")] string? Param);

    public static OpenAiError From(ProblemResult problem) => new(new Body(
        Message(problem),
        problem.Type.Status switch
        {
            429 when problem.Type == ProblemType.InsufficientQuota => "insufficient_quota",
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        },
        problem.Type.Code.Replace('-', '_'),
        problem.Field));

    private static string Message(ProblemResult problem)
    {
        if (problem.Detail is null)
            return problem.Type.Title + ".";
        var english = $"{problem.Type.Title}: {problem.Detail}";
        // Staff read this one in whatever front-end they use.
        return problem is { Type.IsFinal: true, DetailDe: { } german } ? $"{problem.Type.TitleDe}: {german}\n{english}" : english;
    }
}
