using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Searches;

/// <param name="Query">1 to 2000 characters.</param>
/// <param name="Limit">1 to 20, 6 when absent.</param>
/// <param name="DocumentIds">At most 100. With collections: these documents beside theirs; without either: all that one may read.</param>
/// <param name="CollectionIds">At most 100.</param>
internal sealed record SearchRequest(string? Query, int? Limit, IReadOnlyList<Guid>? DocumentIds, IReadOnlyList<Guid>? CollectionIds);

/// <param name="HeadingPath">The headings above the passage, outermost first, joined by " > ", without one that is the title; null where there are none.</param>
/// <param name="Start">First UTF-16 code unit in the document's stored text.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="Page">The page, slide or sheet on which it begins, from 1; null for documents without.</param>
internal sealed record Passage(Guid DocumentId, string Title, string? HeadingPath, string Text, int Start, int End, int? Page, float Score);

/// <param name="Passages">Best first.</param>
/// <param name="Search">How they were found: <c>lexical</c> (by words) or <c>hybrid</c> (by meaning too).</param>
/// <param name="Reason">
/// Why by words alone: <c>no-embedding-model</c> is configured, <c>model-not-served</c>, <c>model-timed-out</c>, <c>model-failed</c>, there
/// are <c>no-vectors-yet</c>, or the question is <c>literal</c> (a reference, a file number, quoted words). Null when hybrid.
/// </param>
/// <param name="Reranked">Whether a reranker has put them in order.</param>
internal sealed record SearchResponse(IReadOnlyList<Passage> Passages, string Search, string? Reason, bool Reranked);

internal static class SearchPassages
{
    private const int DefaultPassages = 6;
    private const int LongestQuery = 2000;
    private const int MostPassages = 20;
    private const int MostDocuments = 100;
    private const int MostCollections = 100;

    private static readonly ProblemResult IndexSilent = new(
        ProblemType.Unavailable, "The search index does not answer at present.", null, "Der Suchindex antwortet gerade nicht.");

    public static async Task<Results<Ok<SearchResponse>, ProblemResult>> HandleAsync(
        SearchRequest request, Caller caller, IChunkIndex index, Reranking reranking, TenantDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Query) || request.Query.Length > LongestQuery)
            return new ProblemResult(ProblemType.InvalidRequest, $"query has 1 to {LongestQuery} characters.", "query", $"Die Suche hat 1 bis {LongestQuery} Zeichen.");
        if (request.Limit is < 1 or > MostPassages)
            return new ProblemResult(ProblemType.InvalidRequest, $"limit is between 1 and {MostPassages}.", "limit", $"limit liegt zwischen 1 und {MostPassages}.");
        if (request.DocumentIds?.Count > MostDocuments)
            return new ProblemResult(ProblemType.InvalidRequest, $"documentIds names at most {MostDocuments} documents.", "documentIds",
                $"Höchstens {MostDocuments} Dokumente.");
        if (request.CollectionIds?.Count > MostCollections)
            return new ProblemResult(ProblemType.InvalidRequest, $"collectionIds names at most {MostCollections} collections.", "collectionIds",
                $"Höchstens {MostCollections} Sammlungen.");

        var limit = request.Limit ?? DefaultPassages;
        var query = new ChunkQuery(request.Query, reranking.Candidates(limit), request.DocumentIds?.ToHashSet(), request.CollectionIds?.ToHashSet());
        Found found;
        try
        {
            found = await index.SearchAsync(caller, query, cancellation);
        }
        catch (IndexUnavailableException)
        {
            return IndexSilent;
        }

        var passages = found.Hits.Count == 0 ? [] : await ReadAsync(found.Hits, caller, database, cancellation);
        var (ordered, reranked) = await reranking.OrderAsync(caller, request.Query, passages, cancellation);
        return TypedResults.Ok(new SearchResponse([.. ordered.Take(limit)], found.Kind == SearchKind.Hybrid ? "hybrid" : "lexical", found.Reason, reranked));
    }

    /// <summary>Texts come from the database under the caller's own rights: an index, however wrong, shows nothing foreign.</summary>
    private static async Task<IReadOnlyList<Passage>> ReadAsync(
        IReadOnlyList<ChunkHit> hits, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select c.document_id, c.ordinal, d.title, nullif(array_to_string(case when c.heading_path[1] = d.title then c.heading_path[2:] else c.heading_path end, ' > '), '') as heading_path, c.text, c.span_start, c.span_end, c.page
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
               select new Passage(row.DocumentId, row.Title, row.HeadingPath, row.Text, row.SpanStart, row.SpanEnd, row.Page, hit.Score),
        ];
    }

    private sealed record Row(Guid DocumentId, int Ordinal, string Title, string? HeadingPath, string Text, int SpanStart, int SpanEnd, int? Page);
}
