using LLMoin.Messaging.Outbox;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Versions;

/// <param name="Version">The version whose content comes back.</param>
internal sealed record RollBackRequest(int Version);

/// <summary>Nothing is taken back: the old content becomes the newest version, and is published like any other.</summary>
internal static class RollBack
{
    public static async Task<Results<Ok<Template>, ProblemResult>> HandleAsync(
        Guid id, RollBackRequest request, HttpContext context, Caller caller, PromptsDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } current)
            return TemplateProblems.NotFound;
        if (!EditRights.MayEdit(caller, current))
            return TemplateProblems.MayNotEdit;
        if (await TemplateStore.FindVersionAsync(transaction, id, request.Version, cancellation) is not { } old)
            return TemplateProblems.NoSuchVersion;
        if (await SaveTemplate.AddNextAsync(transaction, caller, current, context.Request, current.Scope, current.Name, old.ToContent(), cancellation) is { } refused)
            return refused;
        return await SaveTemplate.FinishAsync(transaction, current, context.Response, outbox, cancellation);
    }
}
