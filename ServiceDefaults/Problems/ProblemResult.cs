using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults.Problems;

/// <summary>
/// An expected failure as an answer: <c>application/problem+json</c>, or OpenAI's error object under <c>/v1</c>.
/// </summary>
/// <param name="Type">What kind of failure.</param>
/// <param name="Detail">What to do about it, in English; never content of prompts, answers or documents.</param>
/// <param name="Field">The request's field at fault, where one is.</param>
/// <param name="DetailDe">The same in German, where staff read it.</param>
public sealed record ProblemResult(ProblemType Type, string? Detail = null, string? Field = null, string? DetailDe = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Type.Status;
        if (Type.IsFinal)
            httpContext.Response.Headers["x-should-retry"] = "false";
        return httpContext.Request.Path.StartsWithSegments("/v1")
            ? httpContext.Response.WriteAsJsonAsync(OpenAiError.From(this, httpContext.Request), httpContext.RequestAborted)
            : httpContext.Response.WriteAsJsonAsync(new ProblemBody(
                Type.Urn, Type.Title, Type.TitleDe, Type.Status, Detail, DetailDe, Field, httpContext.TraceIdentifier),
                options: null, "application/problem+json", httpContext.RequestAborted);
    }

    private sealed record ProblemBody(
        string Type, string Title, string TitleDe, int Status, string? Detail, string? DetailDe, string? Field, string RequestId);
}
