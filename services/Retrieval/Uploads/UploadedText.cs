using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LLMoin.Retrieval.Uploads;

/// <summary>An accepted upload: decoded, named, not yet stored.</summary>
internal sealed record UploadedText(string Text, string FileName, string? Title, string? Visibility);

/// <summary>Reads an upload from either of its two forms, in memory and within the limit.</summary>
internal static class UploadReader
{
    /// <summary>Room for a form's boundaries, part headers and fields beside the file.</summary>
    private const int FormOverhead = 64 * 1024;

    /// <returns>The text, or the problem it has.</returns>
    public static async Task<(UploadedText? Upload, ProblemResult? Problem)> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit + FormOverhead;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return (null, UploadProblems.WrongType);

        try
        {
            return type.MediaType.Value?.ToLowerInvariant() switch
            {
                "multipart/form-data" => await FormAsync(request, limit, cancellation),
                "text/plain" => await BodyAsync(request, "text.txt", type.Charset.Value, limit, cancellation),
                "text/markdown" => await BodyAsync(request, "text.md", type.Charset.Value, limit, cancellation),
                _ => (null, UploadProblems.WrongType),
            };
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, UploadProblems.TooLarge(limit));
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException)
        {
            return (null, UploadProblems.BrokenForm);
        }
    }

    private static async Task<(UploadedText?, ProblemResult?)> FormAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(new FormOptions
        {
            MemoryBufferThreshold = limit + FormOverhead,
            MultipartBodyLengthLimit = limit + FormOverhead,
            ValueCountLimit = 16,
            ValueLengthLimit = 4096,
        }, cancellation);
        if (form.Files is not [{ Name: "file" } file])
            return (null, UploadProblems.NoFile);
        if (file.Length > limit)
            return (null, UploadProblems.TooLarge(limit));
        var name = FileName.Clean(file.FileName);
        if (!FileName.IsText(name))
            return (null, UploadProblems.WrongType);

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes, cancellation);
        var charset = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type.Charset.Value : null;
        var problem = TextDecoding.Decode(bytes, charset, out var text);
        return problem is null ? (new UploadedText(text, name, form["title"], form["visibility"]), null) : (null, problem);
    }

    private static async Task<(UploadedText?, ProblemResult?)> BodyAsync(
        HttpRequest request, string name, string? charset, int limit, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellation);
        if (buffer.Length > limit)
            return (null, UploadProblems.TooLarge(limit));
        var problem = TextDecoding.Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), charset, out var text);
        return problem is null ? (new UploadedText(text, name, request.Query["title"], request.Query["visibility"]), null) : (null, problem);
    }
}
