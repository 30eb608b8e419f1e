using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Collections;

/// <summary>The collections that one reads or manages (row-level security says which); all else does not exist.</summary>
internal static class ReadCollections
{
    public static async Task<Results<Ok<Page<Collection>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Collection>(
            $"select {Collection.Columns} from collections where (@after::uuid is null or id < @after) order by id desc limit @limit + 1",
            new { limit, after }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, collection => collection.Id.ToString()));
    }

    public static async Task<Results<Ok<Collection>, ProblemResult>> GetAsync(
        Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await FindAsync(transaction, id, cancellation) is { } collection ? TypedResults.Ok(collection) : CollectionProblems.NoSuch();
    }

    public static Task<Collection?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<Collection>($"select {Collection.Columns} from collections where id = @id", new { id }, cancellation);
}
