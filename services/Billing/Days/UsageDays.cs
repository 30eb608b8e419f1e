namespace LLMoin.Billing.Days;

/// <summary>
/// The one way in which entries become days' sums, for the projection and for the recount alike. See <c>usage_days</c> in
/// <c>005_usage_days.sql</c> for what each column counts.
/// </summary>
internal static class UsageDays
{
    /// <summary>What entries are added up by.</summary>
    public const string Keys = "tenant, month, day, user_id, department, purpose, model, price_class, kind";

    /// <summary>The kinds by which somebody counts as active; each is a request of a person.</summary>
    public const string ActiveKinds = "('answer', 'embedding', 'rerank')";

    /// <summary>A query for sums of those entries of <c>usage_ledger</c> that <paramref name="where"/> names; parameter <c>@TimeZone</c>.</summary>
    /// <param name="keys"><see cref="Keys"/>, or fewer of them where less is asked.</param>
    /// <param name="where">A condition.</param>
    public static string Sums(string keys, string where) =>
        $"""
         select {keys},
           count(*) filter (where corrects is null) as entries, count(*) filter (where corrects is null and outcome = 'failed') as failed,
           coalesce(sum(prompt_tokens) filter (where outcome <> 'failed'), 0)::bigint as prompt_tokens,
           coalesce(sum(completion_tokens) filter (where outcome <> 'failed'), 0)::bigint as completion_tokens,
           coalesce(sum(pages) filter (where outcome <> 'failed'), 0)::bigint as pages,
           coalesce(sum(bytes) filter (where outcome <> 'failed'), 0)::bigint as bytes
         from (select *, (occurred_at at time zone @TimeZone)::date as day from usage_ledger where {where}) entries
         group by {keys}
         """;
}
