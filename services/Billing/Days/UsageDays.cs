namespace LLMoin.Billing.Days;

/// <summary>How entries become days' sums. See <c>usage_days</c> in <c>005_usage_days.sql</c> for what each column counts.</summary>
internal static class UsageDays
{
    /// <summary>What entries are added up by.</summary>
    public const string Keys = "tenant, month, day, user_id, department, purpose, model, price_class, kind";

    /// <summary>The kinds by which somebody counts as active; each is a request of a person.</summary>
    public const string ActiveKinds = "('answer', 'embedding', 'rerank')";

    /// <summary>A query for the sums of those entries of <c>usage_ledger</c> that <paramref name="where"/> names; parameter <c>@TimeZone</c>.</summary>
    public static string Sums(string where) =>
        $"""
         select {Keys},
           count(*) filter (where corrects is null) as entries, count(*) filter (where corrects is null and outcome = 'failed') as failed,
           {Sum("prompt_tokens")}, {Sum("completion_tokens")}, {Sum("pages")}, {Sum("bytes")}
         from (select *, (occurred_at at time zone @TimeZone)::date as day from usage_ledger where {where}) entries
         group by {Keys}
         """;

    /// <summary>What of an entry's quantity is charged: nothing where it failed.</summary>
    public static string Charged(string quantity) => $"case when outcome <> 'failed' then {quantity} else 0 end as {quantity}";

    private static string Sum(string quantity) => $"coalesce(sum({quantity}) filter (where outcome <> 'failed'), 0)::bigint as {quantity}";
}
