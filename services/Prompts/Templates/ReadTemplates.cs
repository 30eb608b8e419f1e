using System.Globalization;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Templates;

/// <summary>Templates the caller may use; row-level security says which those are.</summary>
internal static class ReadTemplates
{
    private const int LongestSearch = 200;

    /// <param name="caller">Who asks.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="search">Words that all have to occur in title, description, name, category or tags.</param>
    /// <param name="category">Only this one.</param>
    /// <param name="tag">Only with this one.</param>
    /// <param name="scope">Only <c>private</c>, <c>tenant</c> or <c>platform</c>.</param>
    /// <param name="limit">Templates per page.</param>
    /// <param name="after">The last template of the page before.</param>
    public static async Task<Results<Ok<Page<TemplateEntry>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation,
        string? search = null, string? category = null, string? tag = null, string? scope = null, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        if (search?.Length > LongestSearch)
            return new ProblemResult(ProblemType.InvalidRequest, $"search has at most {LongestSearch} characters.", "search");
        if (scope is not (null or TemplateScope.Private or TemplateScope.Tenant or TemplateScope.Platform))
            return new ProblemResult(ProblemType.InvalidRequest, "scope is private, tenant or platform.", "scope");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<EntryRow>(
            """
            select t.id, t.scope, t.name, v.version, v.title, v.description, v.language, v.category, array_to_string(v.tags, chr(10)) as tags
            from templates t join template_versions v on v.template_id = t.id and v.version = t.version
            where t.deprecated_at is null
              and (@category::text is null or v.category = @category)
              and (@tag::text is null or @tag = any (v.tags))
              and (@scope::text is null or t.scope = @scope)
              and concat_ws(' ', v.title, v.description, t.name, v.category, array_to_string(v.tags, ' ')) ilike all (@words)
              and (@after::uuid is null or (lower(v.title), t.id) >
                (select lower(lv.title), l.id from templates l join template_versions lv on lv.template_id = l.id and lv.version = l.version where l.id = @after))
            order by lower(v.title), t.id limit @limit + 1
            """, new { category, tag, scope, words = Patterns(search), after, limit }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(row => row.ToEntry())], limit, template => template.Id.ToString()));
    }

    public static async Task<Results<Ok<Template>, ProblemResult>> GetAsync(
        Guid id, HttpResponse response, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is not { } row)
            return TemplateProblems.NotFound;
        response.Headers.ETag = ETag(row.Version);
        return TypedResults.Ok(row.ToTemplate());
    }

    public static async Task<Results<Ok<VersionList>, ProblemResult>> VersionsAsync(
        Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var versions = await transaction.QueryAsync<VersionEntry>(
            "select version, title, author, saved_at from template_versions where template_id = @id order by version desc limit 1000", new { id }, cancellation);
        return versions.Count == 0 ? TemplateProblems.NotFound : TypedResults.Ok(new VersionList(versions));
    }

    public static async Task<Results<Ok<Template>, ProblemResult>> VersionAsync(
        Guid id, int version, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var row = await transaction.SingleAsync<TemplateRow>(
            $"select {TemplateRow.Columns} from templates t join template_versions v on v.template_id = t.id where t.id = @id and v.version = @version",
            new { id, version }, cancellation);
        return row is null ? TemplateProblems.NoSuchVersion : TypedResults.Ok(row.ToTemplate());
    }

    /// <summary>A strong validator (RFC 9110, section 8.8.3): the version number.</summary>
    public static string ETag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static string[] Patterns(string? search)
        => [.. (search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => "%" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%")];
}
