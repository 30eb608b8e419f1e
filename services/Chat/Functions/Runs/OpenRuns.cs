using LLMoin.Chat.Instances;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>A run that is not over, without content.</summary>
/// <param name="Attempts">How often a process has begun it, this time included.</param>
/// <param name="PromptEstimate">Tokens that its steps were expected to read.</param>
/// <param name="CompletionEstimate">Tokens that they were expected to generate.</param>
internal sealed record OpenRun(Guid RunId, string Tenant, string UserId, int Attempts, long PromptEstimate = 0, long CompletionEstimate = 0);

/// <param name="IsStopped">Its owner has stopped or deleted it; else another process, which thought this one dead, has taken it over.</param>
internal sealed record RunToLeave(Guid RunId, bool IsStopped);

/// <summary>Which process does which run; a dead one's are taken over.</summary>
internal sealed class OpenRuns(TenantDatabase database, InstanceLease instance)
{
    /// <summary>
    /// Takes runs that nobody alive does, in the order in which they came, but of one person no more than so many at once. What this process
    /// holds and is not among <paramref name="mine"/> it has lost track of: that is taken anew.
    /// </summary>
    public async Task<IReadOnlyList<OpenRun>> ClaimAsync(int most, int mostOfOne, IReadOnlyList<Guid> mine, CancellationToken cancellation)
    {
        if (most <= 0)
            return [];
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        // One process at a time, as what one person has under way is counted.
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtext('llmoin-open-runs'))", null, cancellation);
        var claimed = await transaction.QueryAsync<OpenRun>(
            """
            with state as (
              select run_id, tenant, user_id, not_before, run_id = any(@mine) or coalesce(instance_id <> @InstanceId and exists (
                select from instances where id = instance_id and lease_until > now()), false) as is_busy
              from open_runs),
            free as (
              select run_id, tenant, user_id, row_number() over (partition by tenant, user_id order by run_id) as place from state
              where not is_busy and not_before <= now()),
            busy as (select tenant, user_id, count(*) as runs from state where is_busy group by tenant, user_id)
            update open_runs set instance_id = @InstanceId, attempts = attempts + 1
            where run_id in (
              select run_id from free left join busy using (tenant, user_id) where place + coalesce(runs, 0) <= @mostOfOne order by place, run_id limit @most)
            returning run_id, tenant, user_id, attempts, prompt_estimate, completion_estimate
            """, new { instance.InstanceId, most, mostOfOne, mine = mine.ToArray() }, cancellation);
        await transaction.CommitAsync(cancellation);
        return claimed;
    }

    /// <summary>Gives it back, to be taken by whoever is there after this long.</summary>
    public async Task ReleaseAsync(OpenRun run, TimeSpan wait, bool countsAsAttempt, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync(
            "update open_runs set instance_id = null, attempts = attempts - @uncounted, not_before = now() + @wait where run_id = @RunId and instance_id = @InstanceId",
            new { run.RunId, instance.InstanceId, wait, uncounted = countsAsAttempt ? 0 : 1 }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Those of this process with which it is to go on no more.</summary>
    public async Task<IReadOnlyList<RunToLeave>> ToLeaveAsync(IReadOnlyList<Guid> mine, CancellationToken cancellation)
    {
        if (mine.Count == 0)
            return [];
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        return await transaction.QueryAsync<RunToLeave>(
            """
            select id as run_id, stop_requested is null or stop_requested as is_stopped from unnest(@ids) as id left join open_runs on run_id = id
            where stop_requested is null or stop_requested or instance_id is distinct from @InstanceId
            """, new { ids = mine.ToArray(), instance.InstanceId }, cancellation);
    }

    /// <summary>Those that no longer wait for this process: over, or done by another.</summary>
    public async Task<IReadOnlyList<Guid>> GoneAsync(IReadOnlyList<Guid> waiting, CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return [];
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        return await transaction.QueryAsync<Guid>(
            "select id from unnest(@ids) as id where not exists (select from open_runs where run_id = id and (instance_id is null or instance_id = @InstanceId))",
            new { ids = waiting.ToArray(), instance.InstanceId }, cancellation);
    }

    /// <returns>False where nobody does it at present, so that it may be ended at once.</returns>
    public async Task<bool> RequestStopAsync(Guid run, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var isBusy = await transaction.ExecuteAsync(
            """
            update open_runs set stop_requested = true
            where run_id = @run and instance_id in (select id from instances where lease_until > now())
            """, new { run }, cancellation) == 1;
        await transaction.CommitAsync(cancellation);
        return isBusy;
    }
}
