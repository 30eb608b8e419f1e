using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Ratings;

/// <param name="Stars">1 to 5; 0 takes the rating back.</param>
internal sealed record RatingRequest(int Stars);

/// <param name="Count">How many rated it.</param>
/// <param name="Stars">Their mean; null without ratings.</param>
/// <param name="Own">The caller's own; null without one.</param>
internal sealed record TemplateRating(int Count, double? Stars, int? Own);

/// <summary>One rating a person and template; shown are only their number and mean.</summary>
internal static class RateTemplate
{
    public static async Task<Results<Ok<TemplateRating>, ProblemResult>> HandleAsync(
        Guid id, RatingRequest request, Caller caller, PromptsDatabase database, RaterHash hash, CancellationToken cancellation)
    {
        if (request.Stars is < 0 or > 5)
            return Fields.Wrong("stars", "1 to 5, or 0 for none", "1 bis 5, oder 0 für keine");
        var rater = await hash.OfAsync(caller, id, cancellation);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is null)
            return TemplateProblems.NotFound;

        // The counts' row is locked first: two ratings of one person at once take turns.
        await NameRaterAsync(transaction, rater, cancellation);
        await transaction.ExecuteAsync(
            """
            insert into template_counts (template_id) values (@id) on conflict do nothing;
            select template_id from template_counts where template_id = @id for update;
            update template_counts c set ratings = c.ratings - 1, stars = c.stars - r.stars from ratings r where c.template_id = @id and r.template_id = @id;
            delete from ratings where template_id = @id;
            insert into ratings (template_id, rater, stars) select @id, @rater, @Stars where @Stars > 0;
            update template_counts set ratings = ratings + 1, stars = stars + @Stars where template_id = @id and @Stars > 0;
            """, new { id, rater, request.Stars }, cancellation);
        var rating = await FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(rating);
    }

    public static async Task<Results<Ok<TemplateRating>, ProblemResult>> GetAsync(
        Guid id, Caller caller, PromptsDatabase database, RaterHash hash, CancellationToken cancellation)
    {
        var rater = await hash.OfAsync(caller, id, cancellation);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is null)
            return TemplateProblems.NotFound;
        await NameRaterAsync(transaction, rater, cancellation);
        return TypedResults.Ok(await FindAsync(transaction, id, cancellation));
    }

    private static Task<int> NameRaterAsync(TenantTransaction transaction, byte[] rater, CancellationToken cancellation)
        => transaction.ExecuteAsync("select set_config('app.rater', encode(@rater, 'hex'), true)", new { rater }, cancellation);

    private static async Task<TemplateRating> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        var row = await transaction.SingleAsync<Row>(
            """
            select coalesce(max(c.ratings), 0) as count, coalesce(max(c.stars), 0) as stars, max(r.stars) as own
            from template_counts c left join ratings r on r.template_id = c.template_id where c.template_id = @id
            """, new { id }, cancellation);
        return new TemplateRating(row!.Count, row.Count == 0 ? null : Math.Round((double)row.Stars / row.Count, 2), row.Own);
    }

    private sealed record Row(int Count, int Stars, int? Own);
}
