using System.Text.Json;
using LLMoin.Contracts;

namespace LLMoin.Prompts.Templates;

/// <summary>Something to fill in.</summary>
/// <param name="Name">As the body calls it: lower-case letters, digits and underscores.</param>
/// <param name="Type"><c>text</c>, <c>long-text</c>, <c>number</c>, <c>date</c> (ISO 8601), <c>boolean</c>, <c>choice</c> or <c>list</c> (of texts).</param>
/// <param name="Choices">What a <c>choice</c> offers.</param>
internal sealed record Variable(string Name, string Type, string Label, bool Required, IReadOnlyList<string>? Choices = null);

/// <summary>A template as its readers see it.</summary>
/// <param name="Scope"><c>private</c>, <c>tenant</c> or <c>platform</c> (read-only).</param>
internal sealed record Template(
    Guid Id, string Scope, string Owner, string Name, int Version, string Title, string Description, string Language, string Category,
    IReadOnlyList<string> Tags, string Body, IReadOnlyList<Variable> Variables, string Author, DateTime SavedAt, DateTime? DeprecatedAt);

/// <summary>The same in a list, without its text.</summary>
internal sealed record TemplateEntry(
    Guid Id, string Scope, string Name, int Version, string Title, string Description, string Language, string Category, IReadOnlyList<string> Tags);

internal sealed record VersionEntry(int Version, string Title, string Author, DateTime SavedAt);

internal sealed record VersionList(IReadOnlyList<VersionEntry> Versions);

/// <summary>A row of a list; Dapper reads no arrays into constructors, so tags travel as lines.</summary>
internal sealed record EntryRow(
    Guid Id, string Scope, string Name, int Version, string Title, string Description, string Language, string Category, string Tags)
{
    public TemplateEntry ToEntry() => new(Id, Scope, Name, Version, Title, Description, Language, Category, TemplateRow.SplitTags(Tags));
}

/// <summary>A joined row of <c>templates</c> and <c>template_versions</c>.</summary>
internal sealed record TemplateRow(
    Guid Id, string Scope, string Owner, string Name, int Version, string Title, string Description, string Language, string Category,
    string Tags, string Body, string Variables, string Author, DateTime SavedAt, DateTime? DeprecatedAt)
{
    public const string Columns =
        """
        t.id, t.scope, t.owner, t.name, v.version, v.title, v.description, v.language, v.category,
        array_to_string(v.tags, chr(10)) as tags, v.body, v.variables::text as variables, v.author, v.saved_at, t.deprecated_at
        """;

    public static string[] SplitTags(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Template ToTemplate() => new(
        Id, Scope, Owner, Name, Version, Title, Description, Language, Category, SplitTags(Tags), Body,
        JsonSerializer.Deserialize<IReadOnlyList<Variable>>(Variables, ContractJson.Web)!, Author, SavedAt, DeprecatedAt);
}
