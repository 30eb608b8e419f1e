using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Prompts;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Prompts.Templates;

/// <summary>The statements that several behaviours share. What a transaction's user may not see does not exist for them.</summary>
internal static class TemplateStore
{
    /// <summary>The version that the caller is shown.</summary>
    public static Task<TemplateRow?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<TemplateRow>(
            $"select {TemplateRow.Columns} from {TemplateRow.Joins} where t.id = @id and v.version = {TemplateRow.Shown}", new { id }, cancellation);

    public static Task<TemplateRow?> FindVersionAsync(TenantTransaction transaction, Guid id, int version, CancellationToken cancellation)
        => transaction.SingleAsync<TemplateRow>(
            $"select {TemplateRow.Columns} from {TemplateRow.Joins} where t.id = @id and v.version = @version", new { id, version }, cancellation);

    /// <summary>Writes one immutable version, what it is found by, and says so to the other services, in the caller's transaction.</summary>
    public static async Task AddVersionAsync(
        TenantTransaction transaction, Guid id, int version, string tenant, string author, string name, TemplateContent content, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            """
            insert into template_versions
              (template_id, version, tenant, title, title_en, description, description_en, language, category, tags, function, model_hints, body, variables, examples, author)
            values (@id, @version, @tenant, @Title, @TitleEn, @Description, @DescriptionEn, @Language, @Category, @tags, @Function, @hints::jsonb, @Body,
              @variables::jsonb, @examples::jsonb, @author);
            insert into template_words (template_id, version, tenant, words)
            values (@id, @version, @tenant, words_of(@name, @Title, @TitleEn, @Description, @DescriptionEn, @Category, @tags, @Body));
            """,
            new
            {
                id,
                version,
                tenant,
                author,
                name,
                content.Title,
                content.TitleEn,
                content.Description,
                content.DescriptionEn,
                content.Language,
                content.Category,
                tags = content.Tags.ToArray(),
                content.Function,
                hints = content.ModelHints is null ? null : Json(content.ModelHints),
                content.Body,
                variables = Json(content.Variables),
                examples = Json(content.Examples),
            }, cancellation);
        await transaction.PublishAsync(Guid.CreateVersion7(), new PromptSaved { PromptId = id, Tenant = tenant, Version = version }, cancellation);
    }

    /// <summary>Shows a version to its scope; row-level security refuses what nobody approved.</summary>
    public static Task PublishVersionAsync(
        TenantTransaction transaction, Guid id, int version, string scope, string tenant, string? land, Guid? submission, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            insert into publications (template_id, version, scope, tenant, land, submission_id) values (@id, @version, @scope, @tenant, @land, @submission)
            on conflict do nothing
            """, new { id, version, scope, tenant, land, submission }, cancellation);

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Web);
}
