using System.Text.Json;
using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>Runs and their steps in PostgreSQL, as their owner and the process that does them see them.</summary>
internal sealed class RunStore(TenantDatabase database, OutboxSignal outbox)
{
    /// <summary>Open ones that one person may have at once.</summary>
    public const int MostOpen = 20;

    /// <param name="run">What is ordered.</param>
    /// <param name="estimate">What it will use, for whichever process does it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False where the person has too many open ones.</returns>
    public async Task<bool> AddAsync(Run run, TokenAmount estimate, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        // Two orders at once take turns, or both would find room for one.
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@Tenant || chr(10) || @UserId, 4))", run, cancellation);
        if (await transaction.SingleAsync<int>("select count(*)::int from open_runs where tenant = @Tenant and user_id = @UserId", run, cancellation) >= MostOpen)
            return false;
        await transaction.ExecuteAsync(
            """
            insert into runs (id, tenant, user_id, api_key_id, function, title, model, input, department, delegation)
            values (@Id, @Tenant, @UserId, @ApiKeyId, @Function, @Title, @Model, @Input::jsonb, @Department, @Delegation);
            insert into open_runs (run_id, tenant, user_id, prompt_estimate, completion_estimate) values (@Id, @Tenant, @UserId, @Prompt, @Completion)
            """,
            new
            {
                run.Id,
                run.Tenant,
                run.UserId,
                run.ApiKeyId,
                run.Function,
                run.Title,
                run.Model,
                run.Input,
                run.Department,
                run.Delegation,
                estimate.Prompt,
                estimate.Completion,
            }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task<Run?> FindAsync(OpenRun open, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(open.Tenant, open.UserId, cancellation);
        return await transaction.SingleAsync<Run>(
            "select id, tenant, user_id, api_key_id, function, title, model, input::text as input, department, delegation, created_at, prompt_tokens, completion_tokens from runs where id = @RunId", open, cancellation);
    }

    /// <returns>What the step gave before, or null where it is still to be done.</returns>
    public async Task<T?> FindStepAsync<T>(Run run, string key, CancellationToken cancellation) where T : class
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        var output = await transaction.SingleAsync<string>("select output::text from run_steps where run_id = @Id and key = @key", new { run.Id, key }, cancellation);
        return output is null ? null : JsonSerializer.Deserialize<T>(output, RunJson.Options);
    }

    /// <summary>Keeps what a step gave, together with what it used.</summary>
    public async Task AddStepAsync<T>(Run run, string key, T output, Generation? generation, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        var added = await transaction.ExecuteAsync(
            """
            insert into run_steps (run_id, key, tenant, user_id, output) values (@Id, @key, @Tenant, @UserId, @output::jsonb) on conflict do nothing
            """, new { run.Id, key, run.Tenant, run.UserId, output = Json(output) }, cancellation);
        var usage = added == 1 && generation is not null ? await BillAsync(transaction, run, generation, cancellation) : null;
        await transaction.CommitAsync(cancellation);
        if (usage is not null)
            generation!.Settle(usage);
        outbox.Committed();
    }

    /// <summary>What was generated for a step that does not come to its end is paid all the same.</summary>
    public async Task BillAsync(Run run, Generation generation, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        var usage = await BillAsync(transaction, run, generation, cancellation);
        await transaction.CommitAsync(cancellation);
        if (usage is not null)
            generation.Settle(usage);
        outbox.Committed();
    }

    public async Task ReportAsync(Run run, string phase, int? part, int? parts, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        await transaction.ExecuteAsync(
            "update runs set status = 'running', phase = @phase, part = @part, parts = @parts, version = version + 1 where id = @Id and status in ('waiting', 'running')",
            new { run.Id, phase, part, parts }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task WriteAsync(Run run, string text, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(run.Tenant, run.UserId, cancellation);
        await transaction.ExecuteAsync(
            "update runs set text = @text, version = version + 1 where id = @Id and status = 'running'", new { run.Id, text = Storable.Text(text) }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Ends it: its steps and its right to read go.</summary>
    public async Task EndAsync(OpenRun open, string status, RunResult? result, RunError? error, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(open.Tenant, open.UserId, cancellation);
        var ended = await transaction.SingleAsync<Ended>(
            """
            delete from run_steps where run_id = @RunId;
            delete from open_runs where run_id = @RunId;
            update runs set status = @status, phase = null, text = coalesce(@text, text), result = @facts::jsonb, error = @error::jsonb, delegation = null,
              finished_at = now(), version = version + 1
            where id = @RunId and status in ('waiting', 'running')
            returning api_key_id, function, model, department, created_at
            """,
            new
            {
                open.RunId,
                status,
                text = result is null ? null : Storable.Text(result.Text),
                facts = result is null ? null : Json(result.Facts),
                error = error is null ? null : Json(error),
            }, cancellation);
        if (ended is not null)
            await transaction.PublishAsync(open.RunId, ended.Usage(open, status, DateTimeOffset.UtcNow), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    /// <returns>Null where nothing was used.</returns>
    private static async Task<UsageRecorded?> BillAsync(TenantTransaction transaction, Run run, Generation generation, CancellationToken cancellation)
    {
        if (generation.PromptTokens + generation.CompletionTokens == 0)
            return null;
        await transaction.ExecuteAsync(
            "update runs set prompt_tokens = prompt_tokens + @PromptTokens, completion_tokens = completion_tokens + @CompletionTokens where id = @Id",
            new { run.Id, generation.PromptTokens, generation.CompletionTokens }, cancellation);
        var usage = generation.Usage(DateTimeOffset.UtcNow);
        await transaction.PublishAsync(generation.Question.AnswerId, usage, cancellation);
        return usage;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, RunJson.Options);

    /// <summary>A run that is over. Its steps have said what tokens they used; it says how often the function was used, how that ended and how long its owner waited.</summary>
    private sealed record Ended(Guid? ApiKeyId, string Function, string Model, string? Department, DateTime CreatedAt)
    {
        public UsageRecorded Usage(OpenRun run, string status, DateTimeOffset at) => new()
        {
            UsageId = run.RunId,
            Tenant = run.Tenant,
            UserId = run.UserId,
            ApiKeyId = ApiKeyId,
            Kind = UsageKind.Answer,
            Purpose = Function,
            Model = Model,
            PromptTokens = 0,
            CompletionTokens = 0,
            OccurredAt = at,
            Department = Department,
            Outcome = status switch
            {
                RunStatus.Completed => UsageOutcome.Completed,
                RunStatus.Failed => UsageOutcome.Failed,
                _ => UsageOutcome.Stopped,
            },
            DurationMs = Math.Max(0, (long)(at - CreatedAt).TotalMilliseconds),
        };
    }
}
