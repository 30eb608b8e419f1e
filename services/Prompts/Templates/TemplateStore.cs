using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Prompts;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Prompts.Templates;

/// <summary>The statements that several behaviours share. What a transaction's user may not see does not exist for them.</summary>
internal static class TemplateStore
{
    /// <summary>The current version.</summary>
    public static Task<TemplateRow?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => transaction.SingleAsync<TemplateRow>(
            $"select {TemplateRow.Columns} from templates t join template_versions v on v.template_id = t.id and v.version = t.version where t.id = @id",
            new { id }, cancellation);

    /// <summary>Writes one immutable version and says so to the other services, in the caller's transaction.</summary>
    public static async Task AddVersionAsync(
        TenantTransaction transaction, Guid id, int version, string tenant, string author, TemplateInput input, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            """
            insert into template_versions
              (template_id, version, tenant, title, description, language, category, tags, body, variables, author)
            values (@id, @version, @tenant, @title, @description, @language, @category, @tags, @body, @variables::jsonb, @author)
            """,
            new
            {
                id,
                version,
                tenant,
                title = input.Title!.Trim(),
                description = input.Description?.Trim() ?? "",
                language = input.Language ?? "de",
                category = input.Category?.Trim() ?? "",
                tags = input.Tags?.Select(tag => tag.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() ?? [],
                body = input.Body!,
                variables = JsonSerializer.Serialize(input.DeclaredVariables(), ContractJson.Web),
                author,
            }, cancellation);
        await transaction.PublishAsync(Guid.CreateVersion7(), new PromptSaved { PromptId = id, Tenant = tenant, Version = version }, cancellation);
    }
}
