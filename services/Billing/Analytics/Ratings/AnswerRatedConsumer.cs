using LLMoin.Billing.Months;
using LLMoin.Contracts.Chat;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Billing.Analytics.Ratings;

/// <summary>
/// Keeps the latest word on each answer, in whatever order they come, and notes what it changed: on the day of the word, or the first that is not
/// settled. Knows no persons.
/// </summary>
internal sealed class AnswerRatedConsumer(BillingDatabase database, BillingCalendar calendar) : IConsumer<AnswerRated>
{
    public async Task Consume(ConsumeContext<AnswerRated> context)
    {
        var (rated, cancellation) = (context.Message, context.CancellationToken);
        await using var transaction = await database.BeginForAllAsync(cancellation);
        // No day is settled meanwhile, and no other word on the same answer comes between.
        await transaction.ExecuteAsync(
            """
            insert into analytics_progress (tenant) values (@Tenant) on conflict do nothing;
            select from analytics_progress where tenant = @Tenant for update
            """, new { rated.Tenant }, cancellation);
        var before = await transaction.SingleAsync<Word>("select verdict, rated_at from answer_ratings where answer_id = @AnswerId", new { rated.AnswerId }, cancellation);
        if (before?.RatedAt >= ToMicroseconds(rated.RatedAt))
            return;

        var verdict = rated.Verdict switch { AnswerVerdict.Up => "up", AnswerVerdict.Down => "down", _ => null };
        await transaction.ExecuteAsync(
            """
            insert into answer_ratings (answer_id, tenant, purpose, model, verdict, reason, rated_at) values (@AnswerId, @Tenant, @Purpose, @Model, @verdict, @Reason, @at)
            on conflict (answer_id) do update set verdict = excluded.verdict, reason = excluded.reason, rated_at = excluded.rated_at
            """, new { rated.AnswerId, rated.Tenant, rated.Purpose, rated.Model, verdict, rated.Reason, at = ToMicroseconds(rated.RatedAt) }, cancellation);
        if (before?.Verdict != verdict)
        {
            await ChangeAsync(transaction, rated, before?.Verdict, -1, cancellation);
            await ChangeAsync(transaction, rated, verdict, 1, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task ChangeAsync(TenantTransaction transaction, AnswerRated rated, string? verdict, int change, CancellationToken cancellation)
    {
        if (verdict is null)
            return;
        await transaction.ExecuteAsync(
            """
            insert into rating_changes as c (tenant, day, answer_id, purpose, verdict, change)
            select @Tenant, greatest((@at at time zone @TimeZone)::date, settled_before), @AnswerId, @Purpose, @verdict, @change from analytics_progress where tenant = @Tenant
            on conflict (tenant, day, answer_id, verdict) do update set change = c.change + excluded.change
            """, new { rated.Tenant, rated.AnswerId, rated.Purpose, verdict, change, calendar.TimeZone, at = ToMicroseconds(rated.RatedAt) }, cancellation);
    }

    /// <summary>As PostgreSQL keeps it, so that a message that comes again is not later than itself.</summary>
    private static DateTime ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    private sealed record Word(string? Verdict, DateTime RatedAt);
}
