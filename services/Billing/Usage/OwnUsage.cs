using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Usage;

/// <param name="Kind"><c>answer</c>, <c>embedding</c>, <c>rerank</c> or <c>ingestion</c>.</param>
internal sealed record UsageEntry(
    Guid UsageId, string Kind, string Purpose, string Model, Guid? ApiKeyId, long PromptTokens, long CompletionTokens, DateTime OccurredAt, DateTime RecordedAt);

internal sealed record UsageOfDay(DateOnly Day, string Model, string Kind, long Entries, TokenCount PromptTokens, TokenCount CompletionTokens);

/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
internal sealed record UsageSummary(DateOnly From, DateOnly To, IReadOnlyList<UsageOfDay> Days);

/// <summary>What the caller used. Nobody else's usage can be asked for, whatever the role.</summary>
internal static class OwnUsage
{
    public static async Task<Results<Ok<Page<UsageEntry>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        int limit = Page.DefaultLimit, Guid? after = null, string? from = null, string? to = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        if (Period.TryRead(from, to, options.Value.TimeZone, out var period) is { } problem)
            return problem;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<UsageEntry>(
            """
            select usage_id, kind, purpose, model, api_key_id, prompt_tokens, completion_tokens, occurred_at, recorded_at from usage_ledger
            where tenant = @Tenant and user_id = @UserId
              and occurred_at >= (@First::date)::timestamp at time zone @TimeZone and occurred_at < (@Last::date + 1)::timestamp at time zone @TimeZone
              and (@after::uuid is null or (occurred_at, usage_id) <
                (select last.occurred_at, last.usage_id from usage_ledger last where last.usage_id = @after
                  and last.tenant = @Tenant and last.user_id = @UserId))
            order by occurred_at desc, usage_id desc limit @limit + 1
            """, new { caller.Tenant, caller.UserId, First = period.From, Last = period.To, options.Value.TimeZone, after, limit }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, entry => entry.UsageId.ToString()));
    }

    public static async Task<Results<Ok<UsageSummary>, ProblemResult>> SummariseAsync(
        Caller caller, TenantDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation, string? from = null, string? to = null)
    {
        if (Period.TryRead(from, to, options.Value.TimeZone, out var period) is { } problem)
            return problem;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select (occurred_at at time zone @TimeZone)::date as day, model, kind, count(*) as entries,
              sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens
            from usage_ledger
            where tenant = @Tenant and user_id = @UserId
              and occurred_at >= (@First::date)::timestamp at time zone @TimeZone and occurred_at < (@Last::date + 1)::timestamp at time zone @TimeZone
            group by 1, 2, 3 order by 1 desc, 2, 3
            """, new { caller.Tenant, caller.UserId, First = period.From, Last = period.To, options.Value.TimeZone }, cancellation);
        return TypedResults.Ok(new UsageSummary(period.From, period.To,
            [.. rows.Select(row => new UsageOfDay(row.Day, row.Model, row.Kind, row.Entries, new(row.PromptTokens), new(row.CompletionTokens)))]));
    }

    private sealed record Row(DateOnly Day, string Model, string Kind, long Entries, long PromptTokens, long CompletionTokens);
}
