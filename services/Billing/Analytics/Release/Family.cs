namespace LLMoin.Billing.Analytics.Release;

/// <summary>
/// Figures that are broken down along one line, and no other: of two breakdowns of the same figures one would tell what the other hides.
/// </summary>
/// <param name="PersonsSql">What each person's entries of a day add up to: tenant, day, scope, category, user_id and the four <see cref="Sums"/>; parameters @from and @to.</param>
internal sealed record Family(string PersonsSql)
{
    /// <summary>Uses by function; those that failed are a scope of their own.</summary>
    public static readonly Family Uses = new(
        """
        select tenant, day, case when failed then 'failed' else 'done' end as scope, purpose as category, user_id,
          sum(uses) as uses, sum(milliseconds) as milliseconds, 0 as prompt_tokens, 0 as completion_tokens
        from analytics_days where day between @from and @to and uses > 0 group by tenant, day, failed, purpose, user_id
        """);

    /// <summary>Tokens by model; a price class's are known from the statement.</summary>
    public static readonly Family Tokens = new(
        """
        select tenant, day, price_class as scope, model as category, user_id,
          0 as uses, 0 as milliseconds, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens
        from analytics_days where day between @from and @to and (prompt_tokens <> 0 or completion_tokens <> 0) group by tenant, day, price_class, model, user_id
        """);

    /// <summary>Ratings by function. Whose answers they are about is in the ledger, and is looked up only to count heads.</summary>
    public static readonly Family Feedback = new(
        """
        select c.tenant, c.day, c.verdict as scope, c.purpose as category, l.user_id,
          sum(c.change) as uses, 0 as milliseconds, 0 as prompt_tokens, 0 as completion_tokens
        from rating_changes c join usage_ledger l on l.tenant = c.tenant and l.usage_id = c.answer_id
        where c.day between @from and @to group by c.tenant, c.day, c.verdict, c.purpose, l.user_id
        """);
}
