using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LLMoin.ServiceDefaults.Problems;

/// <summary>Every failure leaves the process as a problem: bare status codes, malformed bodies and unexpected exceptions too.</summary>
public static class ProblemSetup
{
    internal static void AddProblems(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionToProblem>();
        services.AddProblemDetails();
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(context =>
            new ProblemResult(ProblemType.ForStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
    }
}

internal sealed partial class ExceptionToProblem(ILogger<ExceptionToProblem> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;

        var problem = exception switch
        {
            BadHttpRequestException bad => FromBadRequest(bad),
            _ => new ProblemResult(ProblemType.Internal, $"Report the request id {httpContext.TraceIdentifier}.", null,
                $"Bitte die Vorgangsnummer {httpContext.TraceIdentifier} melden."),
        };
        if (problem.Type.Status >= 500)
            LogUnexpected(exception, httpContext.TraceIdentifier);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemResult FromBadRequest(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException json => Describe(json),
        _ when bad.StatusCode != StatusCodes.Status400BadRequest => new ProblemResult(ProblemType.ForStatus(bad.StatusCode)),
        _ => new ProblemResult(ProblemType.InvalidRequest, bad.Message),
    };

    private static ProblemResult Describe(JsonException json) => Field(json) is { } field
        ? new ProblemResult(ProblemType.InvalidRequest,
            $"The value of '{field}' is missing or has the wrong type.", field, $"Der Wert von „{field}“ fehlt oder ist von falscher Art.")
        : new ProblemResult(ProblemType.InvalidRequest,
            $"The JSON body cannot be read (line {json.LineNumber + 1}, byte {json.BytePositionInLine}).", null,
            $"Der JSON-Rumpf ist nicht lesbar (Zeile {json.LineNumber + 1}, Byte {json.BytePositionInLine}).");

    /// <summary>
    /// <c>$.messages[0].role</c> → <c>messages[0].role</c>. Of a missing required property only the message knows the name, and the
    /// path leads to its parent.
    /// </summary>
    private static string? Field(JsonException json)
    {
        var parent = json.Path is { Length: > 2 } path ? path[2..] : "";
        if (MissingProperty().Match(json.Message) is { Success: true } missing)
            return parent.Length == 0 ? missing.Groups[1].Value : $"{parent}.{missing.Groups[1].Value}";
        return parent.Length == 0 ? null : parent;
    }

    [GeneratedRegex("missing required properties[^']*'([^']+)'")]
    private static partial Regex MissingProperty();

    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string requestId);
}
