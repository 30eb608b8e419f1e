using LLMoin.Messaging.Outbox;
using LLMoin.Prompts.Tenancy;
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
        TemplateInput input, HttpResponse response, Caller caller, PromptsDatabase database, OutboxSignal outbox, IOptions<PromptsOptions> options,
        CancellationToken cancellation)
    {
        var scope = input.Scope ?? TemplateScope.Private;
        if ((input.Check() ?? EditRights.CheckScope(caller, scope, null)) is { } problem)
            return problem;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var id = Guid.CreateVersion7();
        if (await InsertAsync(transaction, caller, id, scope, input.Name!, options.Value.MaxTemplates, cancellation) is { } refused)
            return refused;
        await AddVersionAsync(transaction, caller, id, 1, scope, input.Name!, input.ToContent(), cancellation);
        var saved = await TemplateStore.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        response.Headers.ETag = VersionTag.Of(1);
        return TypedResults.Created($"/api/prompts/templates/{id}", saved!.ToTemplate());
    }

    public static async Task<Results<Ok<Template>, ProblemResult>> ReplaceAsync(
        Guid id, TemplateInput input, HttpContext context, Caller caller, PromptsDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (input.Check() is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } current)
            return TemplateProblems.NotFound;
        var scope = input.Scope ?? current.Scope;
        if (!EditRights.MayEdit(caller, current))
            return TemplateProblems.MayNotEdit;
        if (EditRights.CheckScope(caller, scope, current) is { } wrongScope)
            return wrongScope;
        if (await AddNextAsync(transaction, caller, current, context.Request, scope, input.Name!, input.ToContent(), cancellation) is { } refused)
            return refused;
        return await FinishAsync(transaction, current, context.Response, outbox, cancellation);
    }

    /// <summary>The row of a new template, unless there are too many or the name is taken.</summary>
    public static async Task<ProblemResult?> InsertAsync(
        TenantTransaction transaction, Caller caller, Guid id, string scope, string name, int limit, CancellationToken cancellation)
    {
        try
        {
            var inserted = await transaction.ExecuteAsync(
                """
                insert into templates (id, tenant, owner, scope, name, version)
                select @id, @Tenant, @UserId, @scope, @name, 1
                where (select count(*) from templates where tenant = @Tenant and owner = @UserId and deprecated_at is null) < @limit
                """, new { id, caller.Tenant, caller.UserId, scope, name, limit }, cancellation);
            return inserted == 0 ? TemplateProblems.LimitReached(limit) : null;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TemplateProblems.NameTaken;
        }
    }

    /// <summary>The version after <paramref name="current"/>, unless somebody else's came first.</summary>
    public static async Task<ProblemResult?> AddNextAsync(
        TenantTransaction transaction, Caller caller, TemplateRow current, HttpRequest? request, string scope, string name, TemplateContent content,
        CancellationToken cancellation)
    {
        if (current.DeprecatedAt is not null)
            return TemplateProblems.Deprecated;
        if (request is not null && VersionTag.Check(request, current.NewestVersion) is { } stale)
            return stale;
        if (TemplateScope.NeedsApproval(scope) && name != current.Name)
            return TemplateProblems.NameIsPublished;

        var next = current.NewestVersion + 1;
        try
        {
            // The version in the condition decides between two saves that both read the same one.
            var updated = await transaction.ExecuteAsync(
                """
                update templates set name = @name, scope = @scope, version = @next,
                  published_version = case when @scope = 'private' then null else published_version end
                where id = @Id and version = @NewestVersion and deprecated_at is null
                """, new { current.Id, name, scope, next, current.NewestVersion }, cancellation);
            if (updated == 0)
                return TemplateProblems.StaleVersion(next);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TemplateProblems.NameTaken;
        }

        await AddVersionAsync(transaction, caller, current.Id, next, scope, name, content, cancellation);
        return null;
    }

    public static async Task<Ok<Template>> FinishAsync(
        TenantTransaction transaction, TemplateRow before, HttpResponse response, OutboxSignal outbox, CancellationToken cancellation)
    {
        var saved = await TemplateStore.FindAsync(transaction, before.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        response.Headers.ETag = VersionTag.Of(saved!.Version);
        return TypedResults.Ok(saved.ToTemplate());
    }

    /// <summary>A department sees each version at once: it works on the template together.</summary>
    private static async Task AddVersionAsync(
        TenantTransaction transaction, Caller caller, Guid id, int version, string scope, string name, TemplateContent content, CancellationToken cancellation)
    {
        await TemplateStore.AddVersionAsync(transaction, id, version, caller.Tenant, caller.UserId, name, content, cancellation);
        if (!TemplateScope.IsDepartment(scope))
            return;
        await TemplateStore.PublishVersionAsync(transaction, id, version, scope, caller.Tenant, null, null, cancellation);
        await transaction.ExecuteAsync("update templates set published_version = @version where id = @id", new { id, version }, cancellation);
    }
}
