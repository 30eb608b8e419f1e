using LLMoin.Retrieval.Collections;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Sources;

internal static class CreateSource
{
    public static async Task<Results<Created<SourceView>, ProblemResult>> HandleAsync(
        NewSource asked, Caller caller, TenantDatabase database, IEnumerable<ISourceConnector> connectors, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Sharing.IsName(asked.Name))
            return CollectionProblems.Name;
        if (connectors.SingleOrDefault(connector => connector.Kind == asked.Kind) is not { } connector)
            return SourceProblems.Kind;
        if (asked.Place is not { } place || !connector.IsAllowed(caller.Tenant, place))
            return SourceProblems.Place;
        if (asked.CollectionId is not { } collection)
            return SourceProblems.Collection;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        // Only who manages it can lock it.
        if (await transaction.SingleAsync<Guid?>("select id from collections where id = @collection for share", new { collection }, cancellation) is null)
        {
            return await ReadCollections.FindAsync(transaction, collection, cancellation) is null
                ? CollectionProblems.NoSuch("collectionId")
                : CollectionProblems.NotManaged;
        }

        var source = await transaction.SingleAsync<Source>(
            $"""
             insert into sources (id, tenant, collection_id, kind, name, place) values (@id, @Tenant, @collection, @Kind, @name, @place)
             returning {Source.Columns}
             """,
            new { id = Guid.CreateVersion7(), caller.Tenant, collection, connector.Kind, name = asked.Name!.Trim(), place }, cancellation);
        await transaction.ExecuteAsync(
            "insert into source_schedule (source_id, tenant, due_at) values (@Id, @Tenant, @now)",
            new { source!.Id, caller.Tenant, now = clock.GetUtcNow().UtcDateTime }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/retrieval/sources/{source.Id}", SourceView.Of(source));
    }
}
