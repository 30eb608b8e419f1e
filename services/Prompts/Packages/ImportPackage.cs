using LLMoin.Messaging.Outbox;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Prompts.Packages;

/// <param name="Publisher">Whose package it was.</param>
/// <param name="DryRun">Whether nothing of it was kept.</param>
internal sealed record ImportReport(string Publisher, bool DryRun, IReadOnlyList<ImportedTemplate> Templates);

/// <summary>Takes a package in, all of it or nothing. What it brings are drafts that wait for the tenant's approval like any other.</summary>
internal static class ImportPackage
{
    /// <param name="request">The package as it was exported.</param>
    /// <param name="caller">Needs prompt-editor, and becomes the drafts' owner.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="tree">The tenants.</param>
    /// <param name="outbox">Told of new versions.</param>
    /// <param name="options">Whom to trust.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="conflict">Where the template, or another of its name, is here already: <c>skip</c>, <c>replace</c> (as a new version) or <c>rename</c>.</param>
    /// <param name="dryRun">Tells what would happen: all of it is done, and undone.</param>
    public static async Task<Results<Ok<ImportReport>, ProblemResult>> HandleAsync(
        HttpRequest request, Caller caller, PromptsDatabase database, TenantTree tree, OutboxSignal outbox, IOptions<PromptsOptions> options,
        CancellationToken cancellation, string conflict = "skip", bool dryRun = false)
    {
        if (!caller.Is(Roles.PromptEditor))
            return PackageProblems.MayNot(Roles.PromptEditor);
        if (conflict is not ("skip" or "replace" or "rename"))
            return Fields.Wrong("conflict", "skip, replace or rename", "skip, replace oder rename");
        var (package, problem) = await PackageReader.ReadAsync(request.Body, options.Value.TrustedPublishers, cancellation);
        if (package is null)
            return problem!;

        var land = await tree.LandAsync(caller, cancellation);
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var import = new TemplateImport(transaction, caller, land, package.Publisher, conflict, options.Value.MaxTemplates);
        var imported = new List<ImportedTemplate>();
        for (var i = 0; i < package.Templates.Count; i++)
        {
            var (report, refused) = await import.TakeAsync(package.Templates[i], cancellation);
            if (report is null)
                return refused! with { Field = $"templates[{i}]" };
            imported.Add(report);
        }

        if (!dryRun)
        {
            await transaction.CommitAsync(cancellation);
            outbox.Committed();
        }

        return TypedResults.Ok(new ImportReport(package.Publisher, dryRun, imported));
    }
}
