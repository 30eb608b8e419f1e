using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Searches;

/// <param name="Query">1 to 2000 characters.</param>
/// <param name="Limit">1 to 20, 6 when absent.</param>
/// <param name="DocumentIds">At most 100; all visible documents when absent.</param>
internal sealed record SearchRequest(string? Query, int? Limit, IReadOnlyList<Guid>? DocumentIds);

/// <param name="HeadingPath">The headings above the passage, outermost first, joined by " > ", without one that is the title; null where there are none.</param>
/// <param name="Start">First UTF-16 code unit in the document's stored text.</param>
/// <param name="End">The one behind the last.</param>
internal sealed record Passage(Guid DocumentId, string Title, string? HeadingPath, string Text, int Start, int End, float Score);

/// <param name="Passages">Best first.</param>
/// <param name="Mode">How they were ranked: <c>lexical</c>.</param>
internal sealed record SearchResponse(IReadOnlyList<Passage> Passages, string Mode);

internal static class SearchPassages
{
    private const int LongestQuery = 2000;
    private const int MostPassages = 20;
    private const int MostDocuments = 100;

    public static async Task<Results<Ok<SearchResponse>, ProblemResult>> HandleAsync(
        SearchRequest request, Caller caller, IChunkIndex index, TenantDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Query) || request.Query.Length > LongestQuery)
            return new ProblemResult(ProblemType.InvalidRequest, $"query has 1 to {LongestQuery} characters.", "query");
        if (request.Limit is < 1 or > MostPassages)
            return new ProblemResult(ProblemType.InvalidRequest, $"limit is between 1 and {MostPassages}.", "limit");
        if (request.DocumentIds?.Count > MostDocuments)
            return new ProblemResult(ProblemType.InvalidRequest, $"documentIds names at most {MostDocuments} documents.", "documentIds");

        var hits = await index.SearchAsync(caller, new ChunkQuery(request.Query, request.Limit ?? 6, request.DocumentIds?.ToHashSet()), cancellation);
        var passages = hits.Count == 0 ? [] : await ReadAsync(hits, caller, database, cancellation);
        return TypedResults.Ok(new SearchResponse(passages, index.Mode));
    }

    /// <summary>Texts come from the database under the caller's own rights: an index, however wrong, shows nothing foreign.</summary>
    private static async Task<IReadOnlyList<Passage>> ReadAsync(
        IReadOnlyList<ChunkHit> hits, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select c.document_id, c.ordinal, d.title, nullif(array_to_string(case when c.heading_path[1] = d.title then c.heading_path[2:] else c.heading_path end, ' > '), '') as heading_path, c.text, c.span_start, c.span_end
            from unnest(@documents, @ordinals) as hit (document_id, ordinal)
            join chunks c using (document_id, ordinal) join documents d on d.id = c.document_id
            """,
            new { documents = hits.Select(hit => hit.DocumentId).ToArray(), ordinals = hits.Select(hit => hit.Ordinal).ToArray() }, cancellation);
        var byPlace = rows.ToDictionary(row => (row.DocumentId, row.Ordinal));
        return
        [
            .. from hit in hits
               let row = byPlace.GetValueOrDefault((hit.DocumentId, hit.Ordinal))
               where row is not null
               select new Passage(row.DocumentId, row.Title, row.HeadingPath, row.Text, row.SpanStart, row.SpanEnd, hit.Score),
        ];
    }

    private sealed record Row(Guid DocumentId, int Ordinal, string Title, string? HeadingPath, string Text, int SpanStart, int SpanEnd);
}
