using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Approvals;

/// <summary>What waits for the caller's decision, what they submitted, and what became of it.</summary>
internal static class ReadSubmissions
{
    /// <param name="caller">Who asks.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="state">Only <c>pending</c>, <c>approved</c>, <c>rejected</c> or <c>withdrawn</c>.</param>
    /// <param name="templateId">Only of this template.</param>
    /// <param name="limit">Submissions per page.</param>
    /// <param name="after">The last submission of the page before; the newest come first.</param>
    public static async Task<Results<Ok<Page<Submission>>, ProblemResult>> ListAsync(
        Caller caller, PromptsDatabase database, CancellationToken cancellation,
        string? state = null, Guid? templateId = null, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        if (state is not (null or "pending" or "approved" or "rejected" or "withdrawn"))
            return Fields.Wrong("state", "pending, approved, rejected or withdrawn", "pending, approved, rejected oder withdrawn");
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<SubmissionRow>(
            $"""
             select {SubmissionRow.Columns} from submissions
             where (@state::text is null or state = @state) and (@templateId::uuid is null or template_id = @templateId) and (@after::uuid is null or id < @after)
             order by id desc limit @limit + 1
             """, new { state, templateId, after, limit }, cancellation);
        return TypedResults.Ok(Page.Of<Submission>([.. rows.Select(row => row.ToSubmission())], limit, submission => submission.Id.ToString()));
    }

    public static async Task<Results<Ok<SubmissionView>, ProblemResult>> GetAsync(
        Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } submission)
            return ApprovalProblems.NotFound;
        var version = await TemplateStore.FindVersionAsync(transaction, submission.TemplateId, submission.Version, cancellation);
        return TypedResults.Ok(new SubmissionView(submission.ToSubmission(), version?.ToTemplate()));
    }

    public static Task<SubmissionRow?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<SubmissionRow>($"select {SubmissionRow.Columns} from submissions where id = @id", new { id }, cancellation);
}
