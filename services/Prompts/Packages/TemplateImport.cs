using LLMoin.Prompts.Approvals;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Packages;

/// <param name="Action"><c>created</c>, <c>replaced</c>, <c>renamed</c>, <c>skipped</c>, or <c>unchanged</c> where it is here just so.</param>
/// <param name="Name">Under which it is here.</param>
/// <param name="Version">Which version it is here.</param>
/// <param name="Submitted">Whether it now waits for approval; not where somebody else's version does.</param>
internal sealed record ImportedTemplate(Guid OriginalId, string Action, Guid Id, string Name, int Version, bool Submitted);

/// <summary>Takes in one template after the other, within one transaction.</summary>
internal sealed class TemplateImport(TenantTransaction transaction, Caller caller, string? land, string publisher, string conflict, int limit)
{
    private const int LongestName = 60;

    public async Task<(ImportedTemplate? Report, ProblemResult? Problem)> TakeAsync(PackagedTemplate packaged, CancellationToken cancellation)
    {
        var (name, content) = (packaged.Template.Name!, packaged.Template.ToContent());
        var here = await FindAsync(packaged, cancellation);
        if (here is not null && here.ToContent().SaysTheSameAs(content))
            return (new(packaged.Id, "unchanged", here.Id, here.Name, here.Version, false), null);
        if (here is not null && conflict == "skip")
            return (new(packaged.Id, "skipped", here.Id, here.Name, here.Version, false), null);

        if (here is not null && conflict == "replace")
        {
            var refused = EditRights.MayEdit(caller, here)
                ? await SaveTemplate.AddNextAsync(transaction, caller, here, null, here.Scope, here.Name, content, cancellation)
                : TemplateProblems.MayNotEdit;
            return refused is null ? (await FinishAsync(packaged, "replaced", here.Id, here.NewestVersion + 1, cancellation), null) : (null, refused);
        }

        var id = Guid.CreateVersion7();
        name = here is null ? name : await FreeNameAsync(name, cancellation);
        if (await SaveTemplate.InsertAsync(transaction, caller, id, TemplateScope.Private, name, limit, cancellation) is { } problem)
            return (null, problem);
        await TemplateStore.AddVersionAsync(transaction, id, 1, caller.Tenant, caller.UserId, name, content, cancellation);
        return (await FinishAsync(packaged, here is null ? "created" : "renamed", id, 1, cancellation), null);
    }

    /// <summary>The same template from an earlier package, else one that has its name.</summary>
    private async Task<TemplateRow?> FindAsync(PackagedTemplate packaged, CancellationToken cancellation)
        => (await transaction.QueryAsync<TemplateRow>(
            $"""
             select {TemplateRow.Columns} from {TemplateRow.Joins}
             left join lateral (select true as same from origins e
               where e.template_id = t.id and e.publisher = @publisher and e.original_id = @Id limit 1) as earlier on true
             where t.tenant = @Tenant and t.deprecated_at is null and v.version = {TemplateRow.Shown}
               and (earlier.same or (t.name = @Name and (t.scope <> 'private' or t.owner = @UserId)))
             order by earlier.same nulls last, t.id limit 1
             """, new { publisher, packaged.Id, caller.Tenant, caller.UserId, packaged.Template.Name }, cancellation)).SingleOrDefault();

    private async Task<string> FreeNameAsync(string name, CancellationToken cancellation)
    {
        var taken = (await transaction.QueryAsync<string>(
            "select name from templates where tenant = @Tenant and deprecated_at is null and name like @start",
            new { caller.Tenant, start = name[..Math.Min(name.Length, LongestName - 6)] + "%" }, cancellation)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(2, taken.Count + 1)
            .Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name[..Math.Min(name.Length, LongestName - 6)]}-{n}"))
            .First(candidate => !taken.Contains(candidate));
    }

    private async Task<ImportedTemplate> FinishAsync(PackagedTemplate packaged, string action, Guid id, int version, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            """
            insert into origins (template_id, version, tenant, publisher, original_id, original_version)
            values (@id, @version, @Tenant, @publisher, @originalId, @originalVersion)
            """, new { id, version, caller.Tenant, publisher, originalId = packaged.Id, originalVersion = packaged.Version }, cancellation);
        var row = (await TemplateStore.FindVersionAsync(transaction, id, version, cancellation))!;
        return new(packaged.Id, action, id, row.Name, version, await SubmitAsync(row, cancellation));
    }

    /// <summary>In the place of one's own older submission; somebody else's stays.</summary>
    private async Task<bool> SubmitAsync(TemplateRow row, CancellationToken cancellation)
    {
        var pending = await transaction.SingleAsync<SubmissionRow>(
            $"select {SubmissionRow.Columns} from submissions where template_id = @Id and state = 'pending'", new { row.Id }, cancellation);
        if (pending is not null && pending.Submitter != caller.UserId)
            return false;
        if (pending is not null)
            await DecideSubmission.CloseAsync(transaction, caller, pending.Id, "withdrawn", "", cancellation);
        var scope = TemplateScope.NeedsApproval(row.Scope) ? row.Scope : TemplateScope.Tenant;
        await SubmitVersion.AddAsync(transaction, caller, row, scope, land, $"{publisher}: {row.OriginalId}, {row.OriginalVersion}", cancellation);
        return true;
    }
}
