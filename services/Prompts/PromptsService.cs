using LLMoin.Messaging.Events;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Starters;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Mvc;

namespace LLMoin.Prompts;

/// <summary>Everything the prompts service is made of.</summary>
internal static class PromptsService
{
    private const int BodyLimit = 512 * 1024;

    public static void AddPrompts(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PromptsOptions>("Prompts");
        builder.AddDatabase("prompts", typeof(PromptsService).Assembly);
        builder.AddEvents("prompts");
        builder.Services.AddHostedService<StarterTemplates>();
        builder.Services.AddSingleton<TemplateRenderer>();
    }

    public static void MapPrompts(this WebApplication app)
    {
        var templates = app.MapGroup("/api/prompts/templates").WithTags("Prompts").WithMetadata(new RequestSizeLimitAttribute(BodyLimit))
            .RequireAuthorization(policy => policy.RequireRole(
                Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin));

        templates.MapGet("", ReadTemplates.ListAsync).WithSummary("Search the templates one may use: own, the tenant's, the platform's");
        templates.MapPost("", SaveTemplate.CreateAsync).WithSummary("Create a template; scope 'tenant' needs the role prompt-editor");
        templates.MapGet("/{id:guid}", ReadTemplates.GetAsync).WithSummary("One template with its current text; the ETag names its version");
        templates.MapPut("/{id:guid}", SaveTemplate.ReplaceAsync).WithSummary("Save a new version; If-Match names the version it is based on");
        templates.MapDelete("/{id:guid}", DeprecateTemplate.HandleAsync).WithSummary("Withdraw a template; its versions stay readable");
        templates.MapGet("/{id:guid}/versions", ReadTemplates.VersionsAsync).WithSummary("All versions, newest first");
        templates.MapGet("/{id:guid}/versions/{version:int}", ReadTemplates.VersionAsync).WithSummary("One version as it was saved");
        templates.MapPost("/{id:guid}/renderings", RenderTemplate.HandleAsync).WithSummary("Fill in a template's variables");
    }
}
