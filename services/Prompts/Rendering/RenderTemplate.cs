using System.Text.Json;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.Prompts.Usage;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Rendering;

/// <param name="Values">
/// By variable name: text, number, true or false, ISO date, an array of texts, or for documents and collections an id or <c>{id, title}</c>.
/// </param>
/// <param name="Version">The version to render; the one shown to the caller when absent.</param>
internal sealed record RenderingRequest(IReadOnlyDictionary<string, JsonElement>? Values, int? Version);

/// <param name="Text">What to send to the model.</param>
/// <param name="Function">Which of the platform's functions it is for.</param>
/// <param name="Documents">The documents among the values.</param>
/// <param name="Collections">The collections among the values.</param>
internal sealed record Rendering(
    Guid TemplateId, int Version, string Text, string Function, ModelHints? ModelHints, IReadOnlyList<Guid> Documents, IReadOnlyList<Guid> Collections);

internal static class RenderTemplate
{
    private static readonly ProblemType OverLimit = new("rendering-limit", 400, "The template makes more than it may", "Die Vorlage erzeugt mehr als erlaubt");

    public static async Task<Results<Ok<Rendering>, ProblemResult>> HandleAsync(
        Guid id, RenderingRequest request, Caller caller, PromptsDatabase database, TemplateRenderer renderer, UsageLog uses, CancellationToken cancellation)
    {
        if (await FindAsync(id, request.Version, caller, database, cancellation) is not { } row)
            return request.Version is null ? TemplateProblems.NotFound : TemplateProblems.NoSuchVersion;
        if (row.DeprecatedAt is not null)
            return TemplateProblems.Deprecated;
        var template = row.ToContent();
        var given = request.Values ?? new Dictionary<string, JsonElement>();
        if (VariableValues.Read(template.Variables, given, out var values) is { } problem)
            return problem;

        try
        {
            var text = await renderer.RenderAsync(template.Body, values);
            uses.Add(caller, id);
            return TypedResults.Ok(new Rendering(
                id, row.Version, text, template.Function, template.ModelHints,
                Sources(template, given, VariableType.Document), Sources(template, given, VariableType.Collection)));
        }
        catch (RenderingLimitException exception)
        {
            return new ProblemResult(OverLimit, $"The limit of {exception.Limit} is reached.", "values", "Eine Grenze für Umfang, Zeit oder Schritte ist erreicht.");
        }
    }

    private static async Task<TemplateRow?> FindAsync(Guid id, int? version, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return version is { } asked
            ? await TemplateStore.FindVersionAsync(transaction, id, asked, cancellation)
            : await TemplateStore.FindAsync(transaction, id, cancellation);
    }

    private static List<Guid> Sources(TemplateContent template, IReadOnlyDictionary<string, JsonElement> given, string type)
        => [.. template.Variables.Where(variable => variable.Type == type && given.ContainsKey(variable.Name))
            .Select(variable => VariableValues.SourceId(given[variable.Name])).OfType<Guid>().Distinct()];
}
