using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Retrieval.Collections;

/// <summary>
/// Renames or shares. The database gives the documents their new readers in the same transaction and counts the change, so that every
/// index filters by them at its next search.
/// </summary>
internal static class ChangeCollection
{
    public static async Task<Results<Ok<Collection>, ProblemResult>> HandleAsync(
        Guid id, CollectionChange change, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        if (change.Name is not null && !Sharing.IsName(change.Name))
            return CollectionProblems.Name;
        if (change.Readers is { } asked && !Sharing.AreReaders(asked))
            return CollectionProblems.Readers;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await ReadCollections.FindAsync(transaction, id, cancellation) is not { } collection)
            return CollectionProblems.NoSuch();
        if (!collection.MayManage)
            return CollectionProblems.NotManaged;
        var readers = change.Readers is null ? null : Sharing.Complete(collection.Owner, change.Readers);
        if (Sharing.Check((readers ?? []).Except(collection.Readers!), caller) is { } tooWide)
            return tooWide;

        var changed = await transaction.ExecuteAsync(
            "update collections set name = coalesce(@name, name), readers = coalesce(@readers, readers) where id = @id",
            new { id, name = change.Name?.Trim(), readers }, cancellation);
        // Read anew, as the documents that the caller may read may be others now.
        collection = changed == 0 ? null : await ReadCollections.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return collection is null ? CollectionProblems.NoSuch() : TypedResults.Ok(collection);
    }
}
