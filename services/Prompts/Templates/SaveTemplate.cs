using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.Prompts.Templates;

/// <summary>Every save is a new version; two who change the same version at once do not overwrite each other.</summary>
internal static class SaveTemplate
{
    public static async Task<Results<Created<Template>, ProblemResult>> CreateAsync(
        TemplateInput input, HttpResponse response, Caller caller, TenantDatabase database, OutboxSignal outbox, IOptions<PromptsOptions> options,
        CancellationToken cancellation)
    {
        if (input.Check() is { } problem)
            return problem;
        var scope = input.Scope ?? TemplateScope.Private;
        if (!MayEdit(caller, scope, caller.UserId))
            return TemplateProblems.MayNotEdit;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var id = Guid.CreateVersion7();
        try
        {
            var inserted = await transaction.ExecuteAsync(
                """
                insert into templates (id, tenant, owner, scope, name, version)
                select @id, @Tenant, @UserId, @scope, @Name, 1
                where (select count(*) from templates where tenant = @Tenant and scope = @scope and deprecated_at is null) < @MaxTemplates
                """, new { id, caller.Tenant, caller.UserId, scope, input.Name, options.Value.MaxTemplates }, cancellation);
            if (inserted == 0)
                return TemplateProblems.LimitReached(options.Value.MaxTemplates);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TemplateProblems.NameTaken;
        }

        await TemplateStore.AddVersionAsync(transaction, id, 1, caller.Tenant, caller.UserId, input, cancellation);
        var saved = await TemplateStore.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        response.Headers.ETag = ReadTemplates.ETag(1);
        return TypedResults.Created($"/api/prompts/templates/{id}", saved!.ToTemplate());
    }

    public static async Task<Results<Ok<Template>, ProblemResult>> ReplaceAsync(
        Guid id, TemplateInput input, HttpContext context, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (input.Check() is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } current)
            return TemplateProblems.NotFound;
        var scope = input.Scope ?? current.Scope;
        if (!MayEdit(caller, current.Scope, current.Owner) || !MayEdit(caller, scope, current.Owner))
            return TemplateProblems.MayNotEdit;
        if (current.DeprecatedAt is not null)
            return TemplateProblems.Deprecated;
        if (context.Request.Headers.IfMatch is not [{ } expected])
            return TemplateProblems.VersionRequired;
        if (expected != ReadTemplates.ETag(current.Version))
            return TemplateProblems.StaleVersion(current.Version);

        var next = current.Version + 1;
        try
        {
            // The version in the condition decides between two saves that both read the same one.
            var updated = await transaction.ExecuteAsync(
                "update templates set name = @Name, scope = @scope, version = @next where id = @id and version = @Version and deprecated_at is null",
                new { id, input.Name, scope, next, current.Version }, cancellation);
            if (updated == 0)
                return TemplateProblems.StaleVersion(next);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TemplateProblems.NameTaken;
        }

        await TemplateStore.AddVersionAsync(transaction, id, next, caller.Tenant, caller.UserId, input, cancellation);
        var saved = await TemplateStore.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        context.Response.Headers.ETag = ReadTemplates.ETag(next);
        return TypedResults.Ok(saved!.ToTemplate());
    }

    public static bool MayEdit(Caller caller, string scope, string owner) => scope switch
    {
        TemplateScope.Private => owner == caller.UserId,
        TemplateScope.Tenant => caller.Is(Roles.PromptEditor),
        _ => false,
    };
}
