using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Functions.Runs;

/// <summary><c>/api/chat/runs</c>: one's own longer work, by whichever function; ordering it is each function's own route below.</summary>
internal static class RunsApi
{
    private const int LongestText = 1_000_000;

    private static readonly ProblemResult NotThere = new(ProblemType.NotFound, "The run is not there.", null, "Den Vorgang gibt es nicht.");

    public static RouteGroupBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/runs").WithTags("Runs");
        group.MapGet("/", ListAsync).WithSummary("Own runs (summaries, research, drafts, translations), newest first");
        group.MapGet("/{id:guid}", GetAsync).WithSummary("One run: how far it is, its text, and what the function says about it");
        group.MapGet("/{id:guid}/events", EventsAsync).WithSummary("Its progress and text as server-sent events, until its end");
        group.MapPost("/{id:guid}/stop", StopAsync).WithSummary("Stops it; what is written so far stays");
        group.MapPut("/{id:guid}/text", EditAsync).WithSummary("Puts one's own text in the place of the result's; If-Match names the version that was edited");
        group.MapPost("/{id:guid}/confirmation", ConfirmAsync).WithSummary("Confirms to have read and checked the text in the version that If-Match names: only then it is exported as an official document");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it with all its text, and stops it before; what was used stays billed");
        return group;
    }

    private static async Task<Results<Ok<Page<RunEntry>>, ProblemResult>> ListAsync(
        Caller caller, RunReader reader, CancellationToken cancellation, string? function = null, int limit = Page.DefaultLimit, Guid? after = null)
        => Page.Check(limit) is { } wrong
            ? wrong
            : TypedResults.Ok(Page.Of(await reader.ListAsync(caller, function, limit + 1, after, cancellation), limit, run => run.Id.ToString()));

    private static async Task<Results<Ok<RunView>, ProblemResult>> GetAsync(Guid id, Caller caller, RunReader reader, HttpResponse response, CancellationToken cancellation)
    {
        if (await reader.FindAsync(caller, id, cancellation) is not { } run)
            return NotThere;
        response.Headers.ETag = $"\"{run.Version}\"";
        return TypedResults.Ok(run);
    }

    private static async Task<Results<ServerSentEventsResult<RunEvent>, ProblemResult>> EventsAsync(
        Guid id, Caller caller, RunReader reader, RunEvents events, CancellationToken cancellation)
        => await reader.ProgressAsync(caller, id, cancellation) is null ? NotThere : TypedResults.ServerSentEvents(events.OfAsync(caller, id, cancellation));

    private static async Task<Results<Accepted, ProblemResult>> StopAsync(
        Guid id, Caller caller, RunReader reader, RunStore store, OpenRuns open, RunWorker worker, CancellationToken cancellation)
    {
        if (await reader.ProgressAsync(caller, id, cancellation) is null)
            return NotThere;
        if (await open.RequestStopAsync(id, cancellation))
            worker.StopHere(id);
        else
            await store.EndAsync(new OpenRun(id, caller.Tenant, caller.UserId, 0), RunStatus.Stopped, null, null, cancellation);
        return TypedResults.Accepted($"/api/chat/runs/{id}");
    }

    private static async Task<Results<Ok<RunView>, ProblemResult>> EditAsync(
        Guid id, NewText body, Caller caller, RunReader reader, HttpContext context, CancellationToken cancellation)
    {
        if (body.Text.Length > LongestText || body.Text.Contains('\0', StringComparison.Ordinal))
            return new ProblemResult(ProblemType.InvalidRequest, $"At most {LongestText} characters.", "text", $"Höchstens {LongestText} Zeichen.");
        return await ChangeAsync(id, caller, reader, context, version => reader.EditAsync(caller, id, version, body.Text, cancellation), cancellation);
    }

    private static Task<Results<Ok<RunView>, ProblemResult>> ConfirmAsync(Guid id, Caller caller, RunReader reader, HttpContext context, CancellationToken cancellation)
        => ChangeAsync(id, caller, reader, context, version => reader.ConfirmAsync(caller, id, version, cancellation), cancellation);

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, RunReader reader, RunWorker worker, CancellationToken cancellation)
    {
        if (!await reader.DeleteAsync(caller, id, cancellation))
            return NotThere;
        worker.StopHere(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RunView>, ProblemResult>> ChangeAsync(
        Guid id, Caller caller, RunReader reader, HttpContext context, Func<int, Task<bool>> change, CancellationToken cancellation)
    {
        if (await reader.FindAsync(caller, id, cancellation) is not { } run)
            return NotThere;
        if (!int.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"'), out var version))
            return new ProblemResult(ProblemType.VersionRequired, "If-Match names the version.", "If-Match", "If-Match nennt die Fassung.");
        if (run.Status is not (RunStatus.Completed or RunStatus.Stopped))
            return new ProblemResult(ProblemType.Conflict, "The run is not over.", null, "Der Vorgang ist noch nicht zu Ende.");
        if (!await change(version))
            return new ProblemResult(
                ProblemType.StaleVersion, "It has been changed since.", "If-Match", "Der Text wurde inzwischen geändert.");
        return await GetAsync(id, caller, reader, context.Response, cancellation);
    }

    private sealed record NewText(string Text);
}
