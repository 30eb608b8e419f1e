using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Conversations.Searches;

/// <summary>
/// <c>/api/chat/conversations/search</c>: by words in German over titles and messages of all branches, those put away too. A search reads
/// all of one's own messages (0.2 s for 10,000 of 180 words), as row-level security lets no index go before it.
/// Of a message its first 100,000 characters are found, and the first 30,000 quoted, as finding the place in more takes longer than reading it.
/// </summary>
internal static class SearchApi
{
    private const int LongestQuery = 200;
    private const int DefaultLimit = 20;
    private const int MaxLimit = 50;

    public static void MapSearch(this IEndpointRouteBuilder conversations)
        => conversations.MapGet("/search", SearchAsync).WithSummary("Own titles and messages in which all the words occur or begin, newest first")
            .WithDescription("query has 1 to 200 characters, limit is at most 50. A hit in a title has no messageId.");

    private static async Task<Results<Ok<Page<Hit>>, ProblemResult>> SearchAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, string? query = null, int limit = DefaultLimit, Guid? after = null)
    {
        if (limit is < 1 or > MaxLimit)
            return new ProblemResult(ProblemType.InvalidRequest, $"Between 1 and {MaxLimit}.", "limit", $"Zwischen 1 und {MaxLimit}.");
        if (string.IsNullOrWhiteSpace(query) || query.Length > LongestQuery)
            return new ProblemResult(ProblemType.InvalidRequest, $"It has 1 to {LongestQuery} characters.", "query", $"Sie hat 1 bis {LongestQuery} Zeichen.");
        if (SearchWords.Query(query) is not { } words)
            return TypedResults.Ok(new Page<Hit>([], null));

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            with asked as materialized (select to_tsquery('german', @words) as query),
            hits as (
              select m.conversation_id, m.id as hit, m.created_at from messages m, asked where m.words @@ asked.query
              union all
              select c.id, c.id, c.created_at from conversations c, asked where c.words @@ asked.query),
            page as (
              select * from hits
              where @after::uuid is null or (created_at, hit) <
                (select created_at, id from messages where id = @after union all select created_at, id from conversations where id = @after)
              order by created_at desc, hit desc limit @limit + 1)
            select page.conversation_id, c.title, c.archived_at is not null as archived, m.id as message_id, m.role, page.created_at,
              ts_headline('german', coalesce(left(m.content, 30000), c.title), asked.query, @Options) as headline
            from page join conversations c on c.id = page.conversation_id left join messages m on m.id = page.hit, asked
            order by page.created_at desc, page.hit desc
            """, new { words, after, limit, Snippet.Options }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(Hit.Of)], limit, hit => (hit.MessageId ?? hit.ConversationId).ToString()));
    }

    internal sealed record Row(Guid ConversationId, string Title, bool Archived, Guid? MessageId, string? Role, DateTime CreatedAt, string Headline);

    /// <param name="Title">The conversation's.</param>
    /// <param name="MessageId">The message found; null where the title was.</param>
    /// <param name="Role">Whose message it is: <c>user</c> or <c>assistant</c>.</param>
    /// <param name="CreatedAt">When the message, or the conversation, began.</param>
    internal sealed record Hit(Guid ConversationId, string Title, bool Archived, Guid? MessageId, string? Role, DateTime CreatedAt, Snippet Snippet)
    {
        public static Hit Of(Row row) => new(row.ConversationId, row.Title, row.Archived, row.MessageId, row.Role, row.CreatedAt, Snippet.From(row.Headline));
    }
}
