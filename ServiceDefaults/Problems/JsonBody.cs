using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults.Problems;

public static class JsonBody
{
    /// <summary>Reads a JSON body whose naming differs from the service's own.</summary>
    /// <exception cref="BadHttpRequestException">Malformed; becomes a 400 that names the field, or a 415.</exception>
    public static async Task<T> ReadBodyAsync<T>(this HttpRequest request, JsonSerializerOptions options) where T : class
    {
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException("The body is JSON.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await request.ReadFromJsonAsync<T>(options, request.HttpContext.RequestAborted)
                   ?? throw new BadHttpRequestException("The body is empty.");
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("The JSON body cannot be read.", StatusCodes.Status400BadRequest, malformed);
        }
    }
}
