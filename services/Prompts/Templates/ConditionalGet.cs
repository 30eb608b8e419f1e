using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace LLMoin.Prompts.Templates;

/// <summary>
/// Gives what is read an entity tag, and answers 304 where the reader has it already (RFC 9110, section 13.1.2). A tag that the endpoint
/// set stays as the first part.
/// </summary>
internal sealed class ConditionalGet(IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        if (request.Method != HttpMethods.Get || answer is not IValueHttpResult { Value: { } value } || answer is IStatusCodeHttpResult { StatusCode: not 200 })
            return result;

        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions);
        var hash = Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 12));
        var tag = response.Headers.ETag is [{ } version] ? $"\"{version.Trim('"')}.{hash}\"" : $"\"{hash}\"";
        response.Headers.ETag = tag;
        // Who may see what changes from one request to the next: kept by the reader alone, and asked about each time.
        response.Headers.CacheControl = "private, no-cache";
        var known = request.Headers.IfNoneMatch.SelectMany(header => header?.Split(',') ?? []).Select(one => one.Trim());
        return known.Any(one => one == "*" || one == tag || one == "W/" + tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json; charset=utf-8");
    }
}
