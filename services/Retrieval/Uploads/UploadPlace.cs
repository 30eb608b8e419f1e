using LLMoin.Retrieval.Collections;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Where an upload goes, and so who reads it.</summary>
/// <param name="Visibility"><c>private</c>, <c>tenant</c> or <c>collection</c>.</param>
/// <param name="CollectionId">The collection, or null.</param>
internal readonly record struct UploadPlace(string Visibility, Guid? CollectionId)
{
    public static ProblemResult? Choose(UploadedFile upload, Caller caller, out UploadPlace place)
    {
        place = new UploadPlace(string.IsNullOrEmpty(upload.Visibility) ? Document.Private : upload.Visibility, null);
        if (!string.IsNullOrEmpty(upload.Collection))
        {
            if (!Guid.TryParse(upload.Collection, out var id))
                return UploadProblems.Collection;
            place = new UploadPlace(Document.Collection, id);
            return string.IsNullOrEmpty(upload.Visibility) || upload.Visibility == Document.Collection ? null : UploadProblems.TwoPlaces;
        }

        if (place.Visibility is not (Document.Private or Document.Tenant))
            return UploadProblems.Visibility;
        return place.Visibility == Document.Tenant && !caller.Is(Roles.SourceManager) && !caller.Is(Roles.TenantAdmin) ? UploadProblems.MayNotShare : null;
    }

    /// <summary>Keeps the collection as it is until the transaction ends.</summary>
    public async Task<ProblemResult?> HoldAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        if (CollectionId is not { } id)
            return null;
        // Only who manages it can lock it.
        var readable = await transaction.SingleAsync<bool?>(
            "select readers && principals() from collections where id = @id for share", new { id }, cancellation);
        if (readable == true)
            return null;
        return readable is null && await ReadCollections.FindAsync(transaction, id, cancellation) is null
            ? CollectionProblems.NoSuch("collectionId")
            : CollectionProblems.NotAWriter;
    }
}
