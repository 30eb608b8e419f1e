using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Templates;

/// <summary>Takes a template out of use. Its versions stay, because answers were made from them.</summary>
internal static class DeprecateTemplate
{
    public static async Task<Results<NoContent, ProblemResult>> HandleAsync(
        Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } current)
            return TemplateProblems.NotFound;
        if (!EditRights.MayDeprecate(caller, current))
            return TemplateProblems.MayNotEdit;

        await transaction.ExecuteAsync("update templates set deprecated_at = coalesce(deprecated_at, now()) where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }
}
