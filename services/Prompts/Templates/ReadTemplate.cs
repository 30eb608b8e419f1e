using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Templates;

/// <summary>One template; row-level security says which there are.</summary>
internal static class ReadTemplate
{
    public static async Task<Results<Ok<Template>, ProblemResult>> HandleAsync(
        Guid id, HttpResponse response, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } row)
            return TemplateProblems.NotFound;
        response.Headers.ETag = VersionTag.Of(row.Version);
        return TypedResults.Ok(row.ToTemplate());
    }
}
