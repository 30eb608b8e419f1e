using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults.Problems;

/// <summary>The error object that OpenAI's clients read: <c>{"error":{"message","type","code","param"}}</c>.</summary>
public sealed record OpenAiError([property: JsonPropertyName("error")] OpenAiError.Body Error)
{
    public sealed record Body(
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("param")] string? Param);

    /// <summary>In German where the request's <c>Accept-Language</c> begins with it, else in English.</summary>
    public static OpenAiError From(ProblemResult problem, HttpRequest request)
        => From(problem, isGerman: request.Headers.AcceptLanguage.ToString().StartsWith("de", StringComparison.OrdinalIgnoreCase));

    public static OpenAiError From(ProblemResult problem, bool isGerman) => new(new Body(
        isGerman ? German(problem) : English(problem),
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

    private static string German(ProblemResult problem)
        => (problem.DetailDe ?? problem.Detail) is { } detail ? $"{problem.Type.TitleDe}: {detail}" : problem.Type.TitleDe + ".";

    private static string English(ProblemResult problem)
    {
        if (problem.Detail is null)
            return problem.Type.Title + ".";
        var english = $"{problem.Type.Title}: {problem.Detail}";
        // Staff read this one in whatever front-end they use.
        return problem is { Type.IsFinal: true, DetailDe: { } german } ? $"{problem.Type.TitleDe}: {german}\n{english}" : english;
    }
}
