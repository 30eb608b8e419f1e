using System.Text;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LLMoin.Retrieval.Uploads;

/// <summary>An accepted upload: its kind known, named, not yet stored.</summary>
/// <param name="Bytes">As they came; of plain text and Markdown in UTF-8.</param>
internal sealed record UploadedFile(byte[] Bytes, FileFormat Format, string FileName, string? Title, string? Visibility, string? Collection);

/// <summary>Takes an upload from either of its two forms, within the limits.</summary>
internal static class UploadReader
{
    /// <summary>Room for a form's boundaries, part headers and fields beside the file.</summary>
    private const int FormOverhead = 64 * 1024;

    /// <summary>Larger forms wait in a temporary file, which goes with the request.</summary>
    private const int FormInMemory = 1 << 20;

    /// <returns>The file, or the problem it has.</returns>
    public static async Task<(UploadedFile? Upload, ProblemResult? Problem)> ReadAsync(HttpRequest request, RetrievalOptions options, CancellationToken cancellation)
    {
        var limit = Math.Max(options.MaxFileBytes, options.MaxTextBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit + FormOverhead;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return (null, UploadProblems.WrongType);

        try
        {
            if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
                return await FormAsync(request, limit, options, cancellation);
            return FileFormats.Extension(type.MediaType.Value) is { } extension
                ? await BodyAsync(request, "document" + extension, type.Charset.Value, options, cancellation)
                : (null, UploadProblems.WrongType);
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

    private static async Task<(UploadedFile?, ProblemResult?)> FormAsync(HttpRequest request, int limit, RetrievalOptions options, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(new FormOptions
        {
            MemoryBufferThreshold = FormInMemory,
            MultipartBodyLengthLimit = limit + FormOverhead,
            ValueCountLimit = 16,
            ValueLengthLimit = 4096,
        }, cancellation);
        if (form.Files is not [{ Name: "file" } file])
            return (null, UploadProblems.NoFile);
        if (file.Length > limit)
            return (null, UploadProblems.TooLarge(limit));

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes, cancellation);
        var charset = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type.Charset.Value : null;
        return Accept(bytes, FileName.Clean(file.FileName), charset, form.TryGetValue, options);
    }

    private static async Task<(UploadedFile?, ProblemResult?)> BodyAsync(
        HttpRequest request, string name, string? charset, RetrievalOptions options, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellation);
        return Accept(buffer.ToArray(), name, charset, request.Query.TryGetValue, options);
    }

    private delegate bool Fields(string name, out StringValues value);

    private static (UploadedFile?, ProblemResult?) Accept(byte[] bytes, string name, string? charset, Fields fields, RetrievalOptions options)
    {
        string? Field(string field) => fields(field, out var value) ? value.ToString() : null;
        return Check(ref bytes, name, charset, options, out var format) is { } problem
            ? (null, problem)
            : (new UploadedFile(bytes, format, name, Field("title"), Field("visibility"), Field("collectionId")), null);
    }

    /// <summary>Whether a file is one that is read, wherever it comes from.</summary>
    /// <param name="bytes">As they came; afterwards those of plain text and Markdown are UTF-8.</param>
    /// <param name="name">Its name, of which only the extension counts.</param>
    /// <param name="charset">What its sender says of its encoding, or null.</param>
    /// <param name="options">The limits.</param>
    /// <param name="format">What it is.</param>
    public static ProblemResult? Check(ref byte[] bytes, string name, string? charset, RetrievalOptions options, out FileFormat format)
    {
        var known = FileFormats.Of(bytes, name, out var refused);
        format = known ?? default;
        if (known is null)
            return refused is null ? UploadProblems.WrongType : UploadProblems.Refused(refused);
        var limit = format.IsPlainText() ? options.MaxTextBytes : options.MaxFileBytes;
        if (bytes.Length > limit)
            return UploadProblems.TooLarge(limit);
        if (!format.IsPlainText())
            return null;
        if (TextDecoding.Decode(bytes, charset, out var text) is { } problem)
            return problem;
        bytes = Encoding.UTF8.GetBytes(text);
        return null;
    }
}
