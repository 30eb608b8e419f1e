using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>A run as its owner sees it.</summary>
/// <param name="Function">E.g. <c>summarise</c>.</param>
/// <param name="Status"><c>waiting</c>, <c>running</c>, <c>completed</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Phase">What it does just now, e.g. <c>reading</c>.</param>
/// <param name="Part">Parts done of the phase.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Text">Markdown: what is written so far, then the result; <c>[n]</c> cites the source of that number.</param>
/// <param name="Result">Function by function: citations, coverage, doubts, checks; null before its end.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="ConfirmedAt">When its owner confirmed to have checked it; null after every change of the text.</param>
/// <param name="Version">Grows with every change; its ETag.</param>
internal sealed record RunView(
    Guid Id, string Function, string Title, string Model, string Status, string? Phase, int? Part, int? Parts, string Text, JsonNode? Result, RunError? Error,
    int PromptTokens, int CompletionTokens, DateTime? ConfirmedAt, DateTime CreatedAt, DateTime? FinishedAt, int Version);

/// <summary>The same in a list, without its text.</summary>
internal sealed record RunEntry(
    Guid Id, string Function, string Title, string Model, string Status, string? Phase, int? Part, int? Parts, DateTime CreatedAt, DateTime? FinishedAt);

/// <summary>One's own runs, read and changed after their end.</summary>
internal sealed class RunReader(TenantDatabase database)
{
    public async Task<IReadOnlyList<RunEntry>> ListAsync(Caller caller, string? function, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<RunEntry>(
            """
            select id, function, title, model, status, phase, part, parts, created_at, finished_at from runs
            where (@after::uuid is null or id < @after) and (@function::text is null or function = @function) order by id desc limit @limit
            """, new { function, limit, after }, cancellation);
    }

    public async Task<RunView?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var row = await transaction.SingleAsync<Row>(
            """
            select id, function, title, model, status, phase, part, parts, text, result::text as result, error::text as error, prompt_tokens, completion_tokens, confirmed_at,
              created_at, finished_at, version
            from runs where id = @id
            """, new { id }, cancellation);
        return row?.View();
    }

    /// <summary>What was ordered, as JSON.</summary>
    public async Task<string?> OrderAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<string>("select input::text from runs where id = @id", new { id }, cancellation);
    }

    public async Task<RunProgress?> ProgressAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<RunProgress>("select status, phase, part, parts, version from runs where id = @id", new { id }, cancellation);
    }

    /// <returns>False where it was not in that version, or is not over.</returns>
    public Task<bool> EditAsync(Caller caller, Guid id, int version, string text, CancellationToken cancellation)
        => ChangeAsync(caller, "text = @text, confirmed_at = null", new { id, version, text }, cancellation);

    /// <inheritdoc cref="EditAsync"/>
    public Task<bool> ConfirmAsync(Caller caller, Guid id, int version, CancellationToken cancellation)
        => ChangeAsync(caller, "confirmed_at = now()", new { id, version }, cancellation);

    /// <returns>False where there is none.</returns>
    public async Task<bool> DeleteAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await transaction.ExecuteAsync("delete from runs where id = @id", new { id }, cancellation) == 0)
            return false;
        await transaction.ExecuteAsync("delete from open_runs where run_id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<bool> ChangeAsync(Caller caller, string change, object parameters, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var changed = await transaction.ExecuteAsync(
            $"update runs set {change}, version = version + 1 where id = @id and version = @version and status in ('completed', 'stopped')", parameters, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed == 1;
    }

    private sealed record Row(
        Guid Id, string Function, string Title, string Model, string Status, string? Phase, int? Part, int? Parts, string Text, string? Result, string? Error,
        int PromptTokens, int CompletionTokens, DateTime? ConfirmedAt, DateTime CreatedAt, DateTime? FinishedAt, int Version)
    {
        public RunView View() => new(
            Id, Function, Title, Model, Status, Phase, Part, Parts, Text, Result is null ? null : JsonNode.Parse(Result),
            Error is null ? null : JsonSerializer.Deserialize<RunError>(Error, RunJson.Options), PromptTokens, CompletionTokens, ConfirmedAt, CreatedAt, FinishedAt, Version);
    }
}
