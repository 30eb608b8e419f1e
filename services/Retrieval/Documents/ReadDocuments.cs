using System.Globalization;
using System.Text.Json;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Documents;

/// <summary>What one may see (row-level security says which) of documents; all else does not exist.</summary>
internal static class ReadDocuments
{
    public static readonly ProblemResult NoSuchDocument = new(
        ProblemType.NotFound, "No document with this id is visible to you.", "id", "Kein Dokument mit dieser Kennung ist für Sie sichtbar.");

    public static async Task<Results<Ok<Page<Document>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null, string? status = null,
        Guid? collectionId = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        if (status is not (null or Document.Processing or Document.Ready or Document.Failed))
            return new ProblemResult(ProblemType.InvalidRequest, "status is processing, ready or failed.", "status", "status ist processing, ready oder failed.");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Document>(
            $"""
             select {Document.Columns} from documents
             where (@after::uuid is null or id < @after) and (@status::text is null or status = @status)
               and (@collectionId::uuid is null or collection_id = @collectionId)
             order by id desc limit @limit + 1
             """, new { limit, after, status, collectionId }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, document => document.Id.ToString()));
    }

    public static async Task<Results<Ok<DocumentDetails>, ProblemResult>> GetAsync(
        Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } document)
            return NoSuchDocument;
        var parts = await transaction.SingleAsync<Parts>("select unread::text as unread, page_starts::text as page_starts from documents where id = @id", new { id }, cancellation);
        var ingestion = await transaction.SingleAsync<DocumentDetails.OnItsWay>(
            $"select {DocumentDetails.OnItsWay.Columns} from ingestions where document_id = @id", new { id }, cancellation);
        var unread = JsonSerializer.Deserialize<IReadOnlyList<UnreadPart>>(parts!.Unread, JsonSerializerOptions.Web)!;
        int[] pageStarts = [.. parts.PageStarts.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(start => int.Parse(start, CultureInfo.InvariantCulture))];
        return TypedResults.Ok(new DocumentDetails(document, unread, ingestion, pageStarts));
    }

    /// <param name="id">The document.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="database">Where it is.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="start">First UTF-16 code unit wanted, from 0.</param>
    /// <param name="end">The one behind the last; the text's length when absent.</param>
    public static async Task<Results<ContentHttpResult, ProblemResult>> ContentAsync(
        Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation, int start = 0, int? end = null)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var content = await transaction.SingleAsync<string>("select content from documents where id = @id", new { id }, cancellation);
        if (content is null)
            return NoSuchDocument;
        if (start < 0 || start > content.Length)
            return new ProblemResult(ProblemType.InvalidRequest, $"start is between 0 and {content.Length}.", "start", $"start liegt zwischen 0 und {content.Length}.");
        if (end < start || end > content.Length)
            return new ProblemResult(ProblemType.InvalidRequest, $"end is between start and {content.Length}.", "end", $"end liegt zwischen start und {content.Length}.");
        return TypedResults.Text(content[start..(end ?? content.Length)], "text/plain; charset=utf-8");
    }

    public static async Task<Document?> FindAsync(Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await FindAsync(transaction, id, cancellation);
    }

    public static Task<Document?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<Document>($"select {Document.Columns} from documents where id = @id", new { id }, cancellation);

    /// <summary>Dapper reads no arrays into constructors, so both travel as text.</summary>
    private sealed record Parts(string Unread, string PageStarts);
}
