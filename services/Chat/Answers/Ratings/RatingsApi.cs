using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Answers.Ratings;

/// <summary>
/// <c>/api/chat/answers/{id}/rating</c>: one for each of one's own answers, changed and taken back at will. What is thought goes out as
/// <c>answer-rated.v1</c> in the transaction that stores it; what is written stays here.
/// </summary>
internal static class RatingsApi
{
    public static void MapRating(this IEndpointRouteBuilder answers)
    {
        answers.MapGet("/{id:guid}/rating", GetAsync).WithSummary("What one thinks of the answer");
        answers.MapPut("/{id:guid}/rating", PutAsync).WithSummary("Says, or says anew, what one thinks of it")
            .WithDescription("The figures count in the tenant's statistics without a name; the comment is not passed on.");
        answers.MapDelete("/{id:guid}/rating", WithdrawAsync).WithSummary("Takes it back");
    }

    private static async Task<Results<Ok<StoredRating>, ProblemResult>> GetAsync(Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<StoredRating>("select verdict, reason, comment, rated_at from ratings where answer_id = @id", new { id }, cancellation) is { } rating
            ? TypedResults.Ok(rating)
            : NotThere();
    }

    private static async Task<Results<Ok<StoredRating>, ProblemResult>> PutAsync(
        Guid id, Rating rating, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (rating.Check() is { } wrong)
            return wrong;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } answer)
            return NotThere();
        // The clock and not the transaction's beginning, so that of two at once the one that is stored last has the later time.
        var stored = await transaction.SingleAsync<StoredRating>(
            """
            insert into ratings (answer_id, tenant, user_id, verdict, reason, comment, rated_at) values (@id, @Tenant, @UserId, @Verdict, @Reason, @comment, clock_timestamp())
            on conflict (answer_id) do update set verdict = excluded.verdict, reason = excluded.reason, comment = excluded.comment, rated_at = clock_timestamp()
            returning verdict, reason, comment, rated_at
            """, new { id, caller.Tenant, caller.UserId, rating.Verdict, rating.Reason, comment = Storable.Text(rating.Comment ?? "") }, cancellation);
        await PublishAsync(transaction, caller, answer, rating.Verdict == "up" ? AnswerVerdict.Up : AnswerVerdict.Down, rating.Reason, stored!.RatedAt, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.Ok(stored);
    }

    private static async Task<Results<NoContent, ProblemResult>> WithdrawAsync(
        Guid id, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } answer
            || await transaction.SingleAsync<DateTime?>("delete from ratings where answer_id = @id returning clock_timestamp()", new { id }, cancellation) is not { } at)
            return NotThere();
        await PublishAsync(transaction, caller, answer, AnswerVerdict.Withdrawn, null, at, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.NoContent();
    }

    private static Task<Rated?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<Rated>("select id, model, purpose from answers where id = @id and status <> 'running'", new { id }, cancellation);

    private static Task PublishAsync(
        TenantTransaction transaction, Caller caller, Rated answer, AnswerVerdict verdict, string? reason, DateTime at, CancellationToken cancellation)
        => transaction.PublishAsync(
            Guid.CreateVersion7(),
            new AnswerRated { AnswerId = answer.Id, Tenant = caller.Tenant, Model = answer.Model, Purpose = answer.Purpose, Verdict = verdict, Reason = reason, RatedAt = at },
            cancellation);

    private static ProblemResult NotThere() => new(ProblemType.NotFound, "The answer, or a rating of it, is not there.", null,
        "Die Antwort, oder ihre Bewertung, gibt es nicht.");

    private sealed record Rated(Guid Id, string Model, string Purpose);
}
