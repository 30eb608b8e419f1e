using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Versions;

/// <param name="Published">Whether it was shown to others beside owner and editors.</param>
internal sealed record VersionEntry(int Version, string Title, string Author, DateTime SavedAt, bool Published);

internal sealed record VersionList(IReadOnlyList<VersionEntry> Versions);

/// <summary>What was saved: all versions for owner and editors, the published ones for everybody else.</summary>
internal static class ReadVersions
{
    public static async Task<Results<Ok<VersionList>, ProblemResult>> ListAsync(
        Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var versions = await transaction.QueryAsync<VersionEntry>(
            """
            select v.version, v.title, v.author, v.saved_at,
              exists (select from publications p where p.template_id = v.template_id and p.version = v.version) as published
            from template_versions v where v.template_id = @id order by v.version desc limit 1000
            """, new { id }, cancellation);
        return versions.Count == 0 ? TemplateProblems.NotFound : TypedResults.Ok(new VersionList(versions));
    }

    public static async Task<Results<Ok<Template>, ProblemResult>> GetAsync(
        Guid id, int version, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var row = await TemplateStore.FindVersionAsync(transaction, id, version, cancellation);
        return row is null ? TemplateProblems.NoSuchVersion : TypedResults.Ok(row.ToTemplate());
    }
}
