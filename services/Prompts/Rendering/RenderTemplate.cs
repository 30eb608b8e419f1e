using System.Text.Json;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Rendering;

/// <param name="Values">By variable name: text, number, true or false, ISO date, or an array of texts.</param>
/// <param name="Version">The version to render; the current one when absent.</param>
internal sealed record RenderingRequest(IReadOnlyDictionary<string, JsonElement>? Values, int? Version);

internal sealed record Rendering(Guid TemplateId, int Version, string Text);

internal static class RenderTemplate
{
    private static readonly ProblemType OverLimit = new("rendering-limit", 400, "The template makes more than it may", "Die Vorlage erzeugt mehr als erlaubt");

    public static async Task<Results<Ok<Rendering>, ProblemResult>> HandleAsync(
        Guid id, RenderingRequest request, Caller caller, TenantDatabase database, TemplateRenderer renderer, CancellationToken cancellation)
    {
        if (await FindAsync(id, request.Version, caller, database, cancellation) is not { } row)
            return request.Version is null ? TemplateProblems.NotFound : TemplateProblems.NoSuchVersion;
        if (row.DeprecatedAt is not null)
            return TemplateProblems.Deprecated;
        var template = row.ToTemplate();
        if (VariableValues.Read(template.Variables, request.Values ?? new Dictionary<string, JsonElement>(), out var values) is { } problem)
            return problem;

        try
        {
            return TypedResults.Ok(new Rendering(id, template.Version, await renderer.RenderAsync(template.Body, values)));
        }
        catch (RenderingLimitException exception)
        {
            return new ProblemResult(OverLimit, $"The limit of {exception.Limit} is reached.", "values");
        }
    }

    private static async Task<TemplateRow?> FindAsync(Guid id, int? version, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<TemplateRow>(
            $"""
             select {TemplateRow.Columns} from templates t join template_versions v on v.template_id = t.id and v.version = coalesce(@version, t.version)
             where t.id = @id
             """, new { id, version }, cancellation);
    }
}
