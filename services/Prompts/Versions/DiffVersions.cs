using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Versions;

/// <param name="Kind"><c>same</c>, <c>added</c> or <c>removed</c>.</param>
/// <param name="Line">Its number in the version it stands in, from 1; in the later one for <c>same</c>.</param>
internal sealed record DiffLine(string Kind, int Line, string Text);

/// <param name="Name">The field as it is called in a template, except the body.</param>
/// <param name="Before">Text as it is, everything else as JSON.</param>
/// <param name="After">The same of the other version.</param>
internal sealed record ChangedField(string Name, string Before, string After);

/// <summary>What one has to do to version <c>From</c> to make it version <c>To</c>.</summary>
internal sealed record VersionDiff(int From, int To, IReadOnlyList<ChangedField> Fields, IReadOnlyList<DiffLine> Body);

internal static class DiffVersions
{
    public static async Task<Results<Ok<VersionDiff>, ProblemResult>> HandleAsync(
        Guid id, int from, int to, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var (before, after) = (await TemplateStore.FindVersionAsync(transaction, id, from, cancellation), await TemplateStore.FindVersionAsync(transaction, id, to, cancellation));
        return before is null || after is null
            ? TemplateProblems.NoSuchVersion
            : TypedResults.Ok(new VersionDiff(from, to, Fields(before.ToContent(), after.ToContent()), Lines(before.Body, after.Body)));
    }

    internal static IReadOnlyList<DiffLine> Lines(string before, string after)
    {
        var lines = new List<DiffLine>();
        var (old, current) = (0, 0);
        foreach (var piece in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines)
        {
            if (piece.Type != ChangeType.Inserted)
                old++;
            if (piece.Type != ChangeType.Deleted)
                current++;
            lines.Add(piece.Type switch
            {
                ChangeType.Inserted => new DiffLine("added", current, piece.Text),
                ChangeType.Deleted => new DiffLine("removed", old, piece.Text),
                _ => new DiffLine("same", current, piece.Text),
            });
        }

        return lines;
    }

    private static IReadOnlyList<ChangedField> Fields(TemplateContent before, TemplateContent after)
    {
        (string Name, Func<TemplateContent, string> Text)[] fields =
        [
            ("title", content => content.Title), ("titleEn", content => content.TitleEn),
            ("description", content => content.Description), ("descriptionEn", content => content.DescriptionEn),
            ("language", content => content.Language), ("category", content => content.Category), ("function", content => content.Function),
            ("tags", content => TemplateStore.Json(content.Tags)), ("modelHints", content => TemplateStore.Json(content.ModelHints)),
            ("variables", content => TemplateStore.Json(content.Variables)), ("examples", content => TemplateStore.Json(content.Examples)),
        ];
        return [.. fields.Select(field => new ChangedField(field.Name, field.Text(before), field.Text(after))).Where(field => field.Before != field.After)];
    }
}
