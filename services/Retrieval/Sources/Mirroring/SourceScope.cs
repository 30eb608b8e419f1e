using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Retrieval.Sources.Mirroring;

/// <summary>The source was deleted while it was being synchronised.</summary>
internal sealed class SourceGoneException() : Exception("The source has been deleted.");

/// <summary>Transactions in the service's own name within one source's tenant.</summary>
internal sealed class SourceScope(TenantDatabase database, Source source)
{
    public Source Source { get; } = source;

    /// <summary>The source stays until the transaction ends: nothing is mirrored into one that is being deleted.</summary>
    /// <exception cref="SourceGoneException">It has been deleted.</exception>
    public async Task<TenantTransaction> BeginAsync(CancellationToken cancellation)
    {
        var transaction = await database.BeginAsync(Source.Tenant, "", cancellation);
        try
        {
            await DocumentScope.WidenAsync(transaction, cancellation);
            if (await transaction.SingleAsync<Guid?>("select id from sources where id = @Id for key share", new { Source.Id }, cancellation) is null)
                throw new SourceGoneException();
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
