using System.Globalization;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.Chat.Assistants;

/// <summary><c>/api/chat/assistants</c>: one's own, a department's, the tenant's; whatever else there is does not exist for the caller.</summary>
internal static class AssistantsApi
{
    public static void MapAssistants(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/assistants").WithTags("Assistants").RequireAuthorization(policy => policy.RequireRole(Roles.Staff));
        group.MapGet("/", ListAsync).WithSummary("Assistants that one may use, by name").WithDescription("For staff. A tenant-admin sees those of all departments.");
        group.MapPost("/", CreateAsync).WithSummary("A new assistant")
            .WithDescription("For staff. Audience tenant needs prompt-editor or tenant-admin, department:<id> that one works there or is tenant-admin.");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("One assistant; the ETag names its version").WithDescription("For staff who may use it.");
        group.MapPut("/{id:guid}", ReplaceAsync).WithSummary("Changes it; If-Match names the version that was changed")
            .WithDescription("For its owner; the tenant's for prompt-editor and tenant-admin, a department's also for tenant-admin.");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it; conversations held with it stay").WithDescription("For those who may change it.");
    }

    private static async Task<Results<Ok<Page<Assistant>>, ProblemResult>> ListAsync(
        Caller caller, AssistantStore store, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
        => Page.Check(limit) is { } wrong
            ? wrong
            : TypedResults.Ok(Page.Of(await store.ListAsync(caller, limit + 1, after, cancellation), limit, assistant => assistant.Id.ToString()));

    private static async Task<Results<Ok<Assistant>, ProblemResult>> GetAsync(
        Guid id, Caller caller, AssistantStore store, HttpResponse response, CancellationToken cancellation)
    {
        if (await store.FindAsync(caller, id, cancellation) is not { } assistant)
            return AssistantProblems.NotThere();
        response.Headers.ETag = ETag(assistant);
        return TypedResults.Ok(assistant);
    }

    private static async Task<Results<Created<Assistant>, ProblemResult>> CreateAsync(
        AssistantInput input, Caller caller, AssistantStore store, IOptions<ChatOptions> options, HttpResponse response, CancellationToken cancellation)
    {
        if (input.Check() is { } wrong)
            return wrong;
        try
        {
            if (await store.AddAsync(caller, input, options.Value.MaxAssistants, cancellation) is not { } added)
                return AssistantProblems.LimitReached(options.Value.MaxAssistants);
            response.Headers.ETag = ETag(added);
            return TypedResults.Created($"/api/chat/assistants/{added.Id}", added);
        }
        catch (PostgresException refused) when (IsRefused(refused))
        {
            return AssistantProblems.MayNotShare;
        }
    }

    private static async Task<Results<Ok<Assistant>, ProblemResult>> ReplaceAsync(
        Guid id, AssistantInput input, HttpContext context, Caller caller, AssistantStore store, CancellationToken cancellation)
    {
        if (input.Check() is { } wrong)
            return wrong;
        if (await store.FindAsync(caller, id, cancellation) is not { } assistant)
            return AssistantProblems.NotThere();
        if (!assistant.MayChange)
            return AssistantProblems.MayNotChange;
        if (context.Request.Headers.IfMatch is not [{ } expected])
            return AssistantProblems.VersionRequired;
        if (expected != ETag(assistant))
            return AssistantProblems.StaleVersion;
        try
        {
            if (await store.ReplaceAsync(caller, assistant, input, cancellation) is not { } replaced)
                return AssistantProblems.StaleVersion;
            context.Response.Headers.ETag = ETag(replaced);
            return TypedResults.Ok(replaced);
        }
        catch (PostgresException refused) when (IsRefused(refused))
        {
            return AssistantProblems.MayNotShare;
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, AssistantStore store, CancellationToken cancellation)
    {
        if (await store.FindAsync(caller, id, cancellation) is not { } assistant)
            return AssistantProblems.NotThere();
        return assistant.MayChange && await store.DeleteAsync(caller, id, cancellation) ? TypedResults.NoContent() : AssistantProblems.MayNotChange;
    }

    /// <summary>A strong validator (RFC 9110, section 8.8.3).</summary>
    private static string ETag(Assistant assistant) => string.Create(CultureInfo.InvariantCulture, $"\"{assistant.Version}\"");

    /// <summary>Who may share with whom stands in the database's policies alone.</summary>
    private static bool IsRefused(PostgresException exception) => exception.SqlState == PostgresErrorCodes.InsufficientPrivilege;
}
