using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Usage;

/// <param name="Suppressed">True where fewer people than <c>Billing:MinimumGroup</c> used the model that day; the figures are null then.</param>
internal sealed record TenantUsageOfDay(
    DateOnly Day, string Model, bool Suppressed, long? Entries, TokenCount? PromptTokens, TokenCount? CompletionTokens);

/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="MinimumGroup">The fewest people whose figures are shown.</param>
internal sealed record TenantUsageSummary(DateOnly From, DateOnly To, int MinimumGroup, IReadOnlyList<TenantUsageOfDay> Days);

/// <summary>
/// The tenant's usage without persons. There are no totals over suppressed rows, as a total less the rows shown is the row hidden
/// (primary and secondary suppression, L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control", 2001).
/// </summary>
internal static class TenantUsage
{
    public static async Task<Results<Ok<TenantUsageSummary>, ProblemResult>> SummariseAsync(
        Caller caller, TenantDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation, string? from = null, string? to = null)
    {
        if (Period.TryRead(from, to, options.Value.TimeZone, out var period) is { } problem)
            return problem;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            select (occurred_at at time zone @TimeZone)::date as day, model, count(distinct user_id) as people, count(*) as entries,
              sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens
            from usage_ledger
            where tenant = @Tenant
              and occurred_at >= (@First::date)::timestamp at time zone @TimeZone and occurred_at < (@Last::date + 1)::timestamp at time zone @TimeZone
            group by 1, 2 order by 1 desc, 2
            """, new { caller.Tenant, First = period.From, Last = period.To, options.Value.TimeZone }, cancellation);
        var least = options.Value.MinimumGroup;
        return TypedResults.Ok(new TenantUsageSummary(period.From, period.To, least, [.. rows.Select(row => row.People < least
            ? new TenantUsageOfDay(row.Day, row.Model, true, null, null, null)
            : new TenantUsageOfDay(row.Day, row.Model, false, row.Entries, new(row.PromptTokens), new(row.CompletionTokens)))]));
    }

    private sealed record Row(DateOnly Day, string Model, long People, long Entries, long PromptTokens, long CompletionTokens);
}
