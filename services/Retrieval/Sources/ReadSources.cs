using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Sources;

/// <summary>The sources of collections that one manages (row-level security says which).</summary>
internal static class ReadSources
{
    private const int MostFailures = 100;

    public static async Task<Results<Ok<Page<SourceView>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Source>(
            $"select {Source.Columns} from sources where (@after::uuid is null or id < @after) order by id desc limit @limit + 1",
            new { limit, after }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(SourceView.Of)], limit, source => source.Id.ToString()));
    }

    /// <summary>Its state, how many documents it has come to, and what failed; names only of what the caller may read.</summary>
    public static async Task<Results<Ok<SourceDetails>, ProblemResult>> GetAsync(
        Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } source)
            return SourceProblems.NoSuch;
        await DocumentScope.WidenAsync(transaction, cancellation);
        var counts = await transaction.SingleAsync<SourceCounts>(
            """
            select count(*) as items, count(*) filter (where d.status = 'ready') as ready, count(*) filter (where d.status = 'processing') as processing,
              count(*) filter (where i.reason is not null or d.status = 'failed') as failed
            from source_items i left join documents d on d.id = i.document_id where i.source_id = @id and not i.is_folder
            """, new { id }, cancellation);
        var failures = await transaction.QueryAsync<SourceFailure>(
            """
            select item_id, case when readable then name end as name, case when readable then web_address end as web_address, reason, retry_at from (
              select i.item_id, i.name, i.web_address, coalesce(i.reason, d.reason) as reason, i.retry_at,
                coalesce(i.readers, c.readers) && principals() as readable
              from source_items i join sources s on s.id = i.source_id join collections c on c.id = s.collection_id left join documents d on d.id = i.document_id
              where i.source_id = @id and (i.reason is not null or d.status = 'failed')
              order by i.retry_at nulls last, i.item_id limit @MostFailures) as failed
            """, new { id, MostFailures }, cancellation);
        return TypedResults.Ok(new SourceDetails(SourceView.Of(source), counts!, failures));
    }

    public static Task<Source?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<Source>($"select {Source.Columns} from sources where id = @id", new { id }, cancellation);
}
