using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Collections;

internal static class CreateCollection
{
    public static async Task<Results<Created<Collection>, ProblemResult>> HandleAsync(
        NewCollection asked, Caller caller, TenantDatabase database, IOptions<RetrievalOptions> options, CancellationToken cancellation)
    {
        var owner = asked.Owner ?? Principals.User(caller.UserId);
        if (!Sharing.IsName(asked.Name))
            return CollectionProblems.Name;
        if (!Sharing.IsOwner(owner, caller))
            return CollectionProblems.Owner;
        if (asked.Readers is { } readers && !Sharing.AreReaders(readers))
            return CollectionProblems.Readers;
        var complete = Sharing.Complete(owner, asked.Readers ?? [owner]);

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (!await transaction.SingleAsync<bool>("select manages(@owner)", new { owner }, cancellation))
            return CollectionProblems.NotManaged;
        if (Sharing.Check(complete, caller) is { } tooWide)
            return tooWide;
        var limit = options.Value.MaxCollectionsPerTenant;
        if (await DocumentScope.CountAsync(transaction, "collections", limit, cancellation) >= limit)
            return CollectionProblems.LimitReached(limit);

        var collection = await transaction.SingleAsync<Collection>(
            $"""
             insert into collections (id, tenant, owner, name, readers) values (@id, @Tenant, @owner, @name, @complete)
             returning {Collection.Columns}
             """, new { id = Guid.CreateVersion7(), caller.Tenant, owner, name = asked.Name!.Trim(), complete }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/retrieval/collections/{collection!.Id}", collection);
    }
}
