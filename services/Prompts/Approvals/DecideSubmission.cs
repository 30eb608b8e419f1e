using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace LLMoin.Prompts.Approvals;

/// <param name="Reason">Why; a rejection needs one.</param>
internal sealed record Decision(string? Reason);

/// <summary>The second pair of eyes. The database refuses what this lets through by mistake.</summary>
internal static class DecideSubmission
{
    public static Task<Results<Ok<Submission>, ProblemResult>> ApproveAsync(
        Guid id, Decision decision, Caller caller, PromptsDatabase database, CancellationToken cancellation)
        => DecideAsync(id, "approved", decision, caller, database, cancellation);

    public static Task<Results<Ok<Submission>, ProblemResult>> RejectAsync(
        Guid id, Decision decision, Caller caller, PromptsDatabase database, CancellationToken cancellation)
        => DecideAsync(id, "rejected", decision, caller, database, cancellation);

    /// <summary>The submitter takes it back.</summary>
    public static async Task<Results<NoContent, ProblemResult>> WithdrawAsync(
        Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await ReadSubmissions.FindAsync(transaction, id, cancellation) is not { } submission)
            return ApprovalProblems.NotFound;
        if (submission.Tenant != caller.Tenant || submission.Submitter != caller.UserId)
            return new ProblemResult(ProblemType.Forbidden, "Only the submitter withdraws it.", "id", "Nur wer eingereicht hat, zieht zurück.");
        if (await CloseAsync(transaction, caller, id, "withdrawn", "", cancellation) == 0)
            return ApprovalProblems.IsDecided;
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    public static Task<int> CloseAsync(TenantTransaction transaction, Caller caller, Guid id, string state, string reason, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            update submissions set state = @state, reason = @reason, decider_tenant = @Tenant, decider = @UserId, decided_at = now()
            where id = @id and state = 'pending'
            """, new { id, state, reason, caller.Tenant, caller.UserId }, cancellation);

    private static async Task<Results<Ok<Submission>, ProblemResult>> DecideAsync(
        Guid id, string state, Decision decision, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        if (Fields.Lacks(decision.Reason ?? "", state == "rejected" ? 1 : 0, 1_000))
            return Fields.Wrong("reason", state == "rejected" ? "1 to 1000 characters" : "at most 1000 characters", state == "rejected" ? "1 bis 1000 Zeichen" : "höchstens 1000 Zeichen");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await ReadSubmissions.FindAsync(transaction, id, cancellation) is not { } submission)
            return ApprovalProblems.NotFound;
        if (submission.Tenant == caller.Tenant && (submission.Submitter == caller.UserId || submission.Author == caller.UserId))
            return ApprovalProblems.OwnDecision;
        if (!EditRights.MayDecide(caller, submission.Scope, submission.Tenant, submission.Land))
            return ApprovalProblems.MayNotDecide;
        // From here on two who decide at once take turns.
        await transaction.ExecuteAsync("select id from submissions where id = @id for update", new { id }, cancellation);
        if ((await ReadSubmissions.FindAsync(transaction, id, cancellation))?.State != "pending")
            return ApprovalProblems.IsDecided;
        if (state == "approved" && await PublishAsync(transaction, submission, cancellation) is { } problem)
            return problem;

        await CloseAsync(transaction, caller, id, state, decision.Reason?.Trim() ?? "", cancellation);
        var decided = await ReadSubmissions.FindAsync(transaction, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(decided!.ToSubmission());
    }

    private static async Task<ProblemResult?> PublishAsync(TenantTransaction transaction, SubmissionRow submission, CancellationToken cancellation)
    {
        var (template, version, scope) = (submission.TemplateId, submission.Version, submission.Scope);
        await TemplateStore.PublishVersionAsync(transaction, template, version, scope, submission.Tenant, submission.Land, submission.Id, cancellation);
        try
        {
            var updated = await transaction.ExecuteAsync(
                "update templates set scope = @scope, land = @Land, published_version = @version where id = @template and deprecated_at is null",
                new { template, version, scope, submission.Land }, cancellation);
            return updated == 0 ? TemplateProblems.Deprecated : null;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TemplateProblems.NameTaken;
        }
    }
}
