using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Prompts.Examples;

namespace LLMoin.Prompts.Templates;

/// <summary>A joined row of <c>templates</c> and <c>template_versions</c>; Dapper reads no arrays into constructors, so tags travel as lines.</summary>
internal sealed record TemplateRow(
    Guid Id, string Scope, string Tenant, string? Land, string Owner, string Name, int Version, int NewestVersion, int? PublishedVersion,
    string Title, string TitleEn, string Description, string DescriptionEn, string Language, string Category, string Tags,
    string Function, string? ModelHints, string Body, string Variables, string Examples, string Author, DateTime SavedAt, DateTime? DeprecatedAt,
    string? Publisher, Guid? OriginalId, int? OriginalVersion, DateTime? ImportedAt)
{
    /// <summary>From <c>t</c>, <c>v</c> and <c>o</c>, see <see cref="Joins"/>.</summary>
    public const string Columns =
        """
        t.id, t.scope, t.tenant, t.land, t.owner, t.name, v.version, t.version as newest_version, t.published_version,
        v.title, v.title_en, v.description, v.description_en, v.language, v.category, array_to_string(v.tags, chr(10)) as tags,
        v.function, v.model_hints::text as model_hints, v.body, v.variables::text as variables, v.examples::text as examples, v.author, v.saved_at, t.deprecated_at,
        o.publisher, o.original_id, o.original_version, o.imported_at
        """;

    /// <summary>Owner and editors see the newest version, everybody else the published one.</summary>
    public const string Shown =
        """
        (case when t.tenant = current_setting('app.tenant', true)
                and (t.owner = current_setting('app.user', true) or (t.scope <> 'private' and 'role:prompt-editor' = any (principals())))
              then t.version else t.published_version end)
        """;

    public const string Joins =
        "templates t join template_versions v on v.template_id = t.id left join origins o on o.template_id = v.template_id and o.version = v.version";

    public static string[] SplitTags(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public TemplateContent ToContent() => new(
        Title, TitleEn, Description, DescriptionEn, Language, Category, SplitTags(Tags), Function,
        ModelHints is null ? null : Read<ModelHints>(ModelHints), Body, Read<IReadOnlyList<Variable>>(Variables), Read<IReadOnlyList<Example>>(Examples));

    public Template ToTemplate()
    {
        var content = ToContent();
        return new(
            Id, Scope, Tenant, Owner, Name, Version, PublishedVersion,
            Title, TitleEn, Description, DescriptionEn, Language, Category, content.Tags, Function, content.ModelHints, Body, content.Variables, content.Examples,
            Author, SavedAt, DeprecatedAt,
            Publisher is null ? null : new Origin(Publisher, OriginalId!.Value, OriginalVersion!.Value, ImportedAt!.Value));
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ContractJson.Web)!;
}
