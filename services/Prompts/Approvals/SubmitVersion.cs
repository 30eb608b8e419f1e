using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace LLMoin.Prompts.Approvals;

/// <param name="Scope">Where it is to be published: <c>tenant</c>, <c>land</c> or <c>all</c>.</param>
/// <param name="Version">Which version; the newest where absent.</param>
/// <param name="Note">What the approver should know.</param>
internal sealed record NewSubmission(string? Scope, int? Version, string? Note);

/// <summary>Asks for a version to be published. Who may edit a template may submit it.</summary>
internal static class SubmitVersion
{
    public static async Task<Results<Created<Submission>, ProblemResult>> HandleAsync(
        Guid id, NewSubmission asked, Caller caller, PromptsDatabase database, TenantTree tree, CancellationToken cancellation)
    {
        if (!TemplateScope.NeedsApproval(asked.Scope))
            return Fields.Wrong("scope", "tenant, land or all", "tenant, land oder all");
        if (Fields.Lacks(asked.Note ?? "", 0, 1_000))
            return Fields.Wrong("note", "at most 1000 characters", "höchstens 1000 Zeichen");
        var land = await tree.LandAsync(caller, cancellation);
        if (land is null && asked.Scope == TemplateScope.Land)
            return ApprovalProblems.NoLand;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } current)
            return TemplateProblems.NotFound;
        if (!EditRights.MayEdit(caller, current))
            return TemplateProblems.MayNotEdit;
        if (current.DeprecatedAt is not null)
            return TemplateProblems.Deprecated;
        if (await TemplateStore.FindVersionAsync(transaction, id, asked.Version ?? current.Version, cancellation) is not { } version)
            return TemplateProblems.NoSuchVersion;
        if (await AddAsync(transaction, caller, version, asked.Scope!, land, asked.Note?.Trim() ?? "", cancellation) is not { } submission)
            return ApprovalProblems.IsPending;
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/prompts/submissions/{submission.Id}", submission);
    }

    /// <returns>Null where a submission of this template is waiting.</returns>
    public static async Task<Submission?> AddAsync(
        TenantTransaction transaction, Caller caller, TemplateRow version, string scope, string? land, string note, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        try
        {
            await transaction.ExecuteAsync(
                """
                insert into submissions (id, template_id, version, tenant, land, scope, owner, author, submitter, note)
                values (@id, @templateId, @Version, @Tenant, @land, @scope, @Owner, @Author, @UserId, @note)
                """,
                new { id, templateId = version.Id, version.Version, caller.Tenant, land, scope, version.Owner, version.Author, caller.UserId, note }, cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }

        var row = await transaction.SingleAsync<SubmissionRow>($"select {SubmissionRow.Columns} from submissions where id = @id", new { id }, cancellation);
        return row!.ToSubmission();
    }
}
