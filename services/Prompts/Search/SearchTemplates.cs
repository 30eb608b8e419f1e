using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Search;

/// <param name="Search">
/// Words that all have to occur in name, title, description, tags, category or body, in any German or English form; <c>"…"</c> for
/// phrases, <c>or</c> and <c>-</c> as in web searches. The last word may be the beginning of one in name, title, category or tags.
/// </param>
/// <param name="Category">Only this one.</param>
/// <param name="Tag">Only with this one.</param>
/// <param name="Scope">Only <c>private</c>, <c>department</c>, <c>department:&lt;id&gt;</c>, <c>tenant</c>, <c>land</c> or <c>all</c>.</param>
/// <param name="Function">Only for this one of the platform's functions.</param>
/// <param name="Language">Only in this one.</param>
/// <param name="Favourites">Only those on one's own shelf.</param>
/// <param name="Sort"><c>relevance</c> (while searching the default), <c>recent</c>, <c>popular</c> or <c>title</c> (else the default).</param>
/// <param name="Limit">Templates per page.</param>
/// <param name="After">The <c>next</c> of the page before; only good with the same sort.</param>
internal sealed record SearchRequest(
    string? Search, string? Category, string? Tag, string? Scope, string? Function, string? Language, bool? Favourites, string? Sort, int? Limit, string? After);

/// <summary>The templates the caller may use; row-level security says which those are.</summary>
internal static class SearchTemplates
{
    private const int LongestText = 200;

    public static async Task<Results<Ok<Page<TemplateEntry>>, ProblemResult>> ListAsync(
        [AsParameters] SearchRequest request, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        var limit = request.Limit ?? Page.DefaultLimit;
        var search = request.Search?.Trim() ?? "";
        var order = SearchOrder.Named(request.Sort, search.Length > 0);
        var cursor = request.After is null ? null : SearchCursor.Parse(request.After);
        if ((Page.Check(limit) ?? Check(request, order, cursor)) is { } problem)
            return problem;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (search.Length > 0)
            await transaction.ExecuteAsync("select set_config('app.search', search_of(@search)::text, true)", new { search }, cancellation);
        var rows = await transaction.QueryAsync<EntryRow>(Query(request, order!, search.Length > 0, cursor is not null), new
        {
            request.Category,
            request.Tag,
            request.Scope,
            request.Function,
            request.Language,
            limit,
            text = cursor?.Text ?? "",
            number = cursor?.Number ?? 0,
            id = cursor?.Id ?? Guid.Empty,
        }, cancellation);
        var page = Page.Of(rows, limit, row => new SearchCursor(row.PlaceText, row.PlaceNumber, row.Id).ToString());
        return TypedResults.Ok(new Page<TemplateEntry>([.. page.Items.Select(row => row.ToEntry())], page.Next));
    }

    /// <summary>
    /// What the index finds, before anything else is looked at. Rank: the weighted share of matching words; long templates do not win by
    /// length alone (ts_rank, normalisation 1).
    /// </summary>
    private const string Words =
        """
        with w as materialized (
          select template_id, version, (ts_rank(words, current_setting('app.search')::tsquery, 1) * 1e9)::bigint as rank from template_words)
        """;

    /// <summary>Built of fixed parts only; what the caller sent travels as parameters.</summary>
    private static string Query(SearchRequest request, SearchOrder order, bool isSearch, bool isContinued)
    {
        List<string> conditions = ["t.deprecated_at is null"];
        if (request.Category is not null) conditions.Add("v.category = @Category");
        if (request.Tag is not null) conditions.Add("@Tag = any (v.tags)");
        if (request.Function is not null) conditions.Add("v.function = @Function");
        if (request.Language is not null) conditions.Add("v.language = @Language");
        if (request.Scope == "department") conditions.Add("t.scope like 'department:%'");
        else if (request.Scope is not null) conditions.Add("t.scope = @Scope");
        if (request.Favourites == true) conditions.Add("f.template_id is not null");
        return
            $"""
             {(isSearch ? Words : "")}
             select * from (
               select {EntryRow.Columns}, {(order.ByTitle ? "lower(v.title)" : "''")} as place_text, {order.Number} as place_number
               from templates t join template_versions v on v.template_id = t.id and v.version = {TemplateRow.Shown}
               {(isSearch ? "join w on w.template_id = v.template_id and w.version = v.version" : "")}
               left join template_counts c on c.template_id = t.id
               left join favourites f on f.template_id = t.id
               where {string.Join(" and ", conditions)}) as found
             {(isContinued ? "where " + order.After : "")}
             order by {order.OrderBy} limit @limit + 1
             """;
    }

    private static ProblemResult? Check(SearchRequest request, SearchOrder? order, SearchCursor? cursor)
    {
        foreach (var (text, name) in new[]
                 {
                     (request.Search, "search"), (request.Category, "category"), (request.Tag, "tag"), (request.Function, "function"), (request.Language, "language"),
                 })
        {
            if (text is not null && Fields.Lacks(text, 0, LongestText))
                return Fields.Wrong(name, $"at most {LongestText} characters", $"höchstens {LongestText} Zeichen");
        }

        if (request.Scope is not (null or "department") && !TemplateScope.IsValid(request.Scope))
            return Fields.Wrong("scope", "private, department, department:<id>, tenant, land or all", "private, department, department:<Kennung>, tenant, land oder all");
        if (order is null)
            return Fields.Wrong("sort", "relevance, recent, popular or title", "relevance, recent, popular oder title");
        return request.After is not null && cursor is null ? Fields.Wrong("after", "the next of the page before", "das next der Seite davor") : null;
    }
}
