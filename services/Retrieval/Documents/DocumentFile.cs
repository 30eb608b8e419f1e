using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Documents;

/// <summary>The uploaded file, so that who reads a citation can open the page it names.</summary>
internal static class DocumentFile
{
    public static async Task<Results<FileContentHttpResult, ProblemResult>> HandleAsync(
        Guid id, HttpResponse response, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var file = await transaction.SingleAsync<Row>(
            "select d.file_name, d.media_type, f.bytes from documents d join document_files f on f.document_id = d.id and f.content_hash = d.content_hash where d.id = @id", new { id }, cancellation);
        if (file is null)
            return ReadDocuments.NoSuchDocument;
        // It comes from strangers: a browser saves it and shows none of it in our name.
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(file.Bytes, file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? file.MediaType + "; charset=utf-8" : file.MediaType, file.FileName);
    }

    private sealed record Row(string FileName, string MediaType, byte[] Bytes);
}
