using LLMoin.Messaging.Events;
using LLMoin.Prompts.Approvals;
using LLMoin.Prompts.Packages;
using LLMoin.Prompts.Ratings;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Search;
using LLMoin.Prompts.Starters;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.Prompts.Usage;
using LLMoin.Prompts.Versions;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace LLMoin.Prompts;

/// <summary>Everything the prompts service is made of.</summary>
internal static class PromptsService
{
    private const int BodyLimit = 512 * 1024;
    private const int PackageLimit = 8 * 1024 * 1024;

    public static void AddPrompts(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PromptsOptions>("Prompts");
        KeepPlans(builder.Configuration);
        builder.AddDatabase("prompts", typeof(PromptsService).Assembly);
        builder.AddEvents("prompts");
        builder.Services.AddHttpClient(TenantTree.Client, client =>
        {
            client.BaseAddress = new Uri("http://identity");
            client.Timeout = TimeSpan.FromSeconds(3);
        }).AddHttpMessageHandler<PassCallerOn>();
        builder.Services.AddSingleton<TenantTree>();
        builder.Services.AddSingleton<PromptsDatabase>();
        builder.Services.AddHostedService<StarterTemplates>();
        builder.Services.AddSingleton<TemplateRenderer>();
        builder.Services.AddSingleton<RaterHash>();
        builder.Services.AddSingleton<UsageLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UsageLog>());
    }

    /// <summary>Row-level security makes a query's plan dearer than the query: statements that come often are prepared.</summary>
    private static void KeepPlans(ConfigurationManager configuration)
    {
        const string key = "ConnectionStrings:prompts";
        if (configuration[key] is { Length: > 0 } given)
            configuration[key] = new NpgsqlConnectionStringBuilder(given) { MaxAutoPrepare = 50, AutoPrepareMinUsages = 2 }.ConnectionString;
    }

    public static void MapPrompts(this WebApplication app)
    {
        var prompts = app.MapGroup("/api/prompts").WithTags("Prompts").WithMetadata(new RequestSizeLimitAttribute(BodyLimit))
            .RequireAuthorization(policy => policy.RequireRole([.. Roles.Staff, Roles.Operator]))
            .AddEndpointFilter<RouteGroupBuilder, ConditionalGet>();
        MapTemplates(prompts.MapGroup("/templates"));
        MapSubmissions(prompts.MapGroup("/submissions"));
        MapPackages(prompts);
    }

    private static void MapTemplates(RouteGroupBuilder templates)
    {
        templates.MapGet("", SearchTemplates.ListAsync).WithSummary("Search the templates one may use: own, the departments', the tenant's, the Land's, the platform's");
        templates.MapGet("/recent", Shelf.RecentAsync).WithSummary("The templates one used last");
        templates.MapPost("", SaveTemplate.CreateAsync).WithSummary("Create a template, private or for one's department; what is wider needs a submission");
        templates.MapGet("/{id:guid}", ReadTemplate.HandleAsync).WithSummary("One template with its text; the ETag names its version");
        templates.MapPut("/{id:guid}", SaveTemplate.ReplaceAsync).WithSummary("Save a new version; If-Match names the version it is based on, a stale one is 409");
        templates.MapDelete("/{id:guid}", DeprecateTemplate.HandleAsync).WithSummary("Withdraw a template; its versions stay readable");
        templates.MapGet("/{id:guid}/versions", ReadVersions.ListAsync).WithSummary("The versions one may see, newest first");
        templates.MapGet("/{id:guid}/versions/{version:int}", ReadVersions.GetAsync).WithSummary("One version as it was saved");
        templates.MapGet("/{id:guid}/versions/{from:int}/diff/{to:int}", DiffVersions.HandleAsync).WithSummary("What changed from one version to another, line by line");
        templates.MapPost("/{id:guid}/rollbacks", RollBack.HandleAsync).WithSummary("Save an old version's content as the newest; with If-Match like any save");
        templates.MapPost("/{id:guid}/renderings", RenderTemplate.HandleAsync).WithSummary("Fill in a template's variables");
        templates.MapPost("/{id:guid}/submissions", SubmitVersion.HandleAsync).WithSummary("Submit a version for the tenant, the Land or all; a second person decides");
        templates.MapGet("/{id:guid}/rating", RateTemplate.GetAsync).WithSummary("Number and mean of the ratings, and one's own");
        templates.MapPut("/{id:guid}/rating", RateTemplate.HandleAsync).WithSummary("Rate with 1 to 5 stars, in place of one's earlier rating; 0 takes it back");
        templates.MapPut("/{id:guid}/favourite", Shelf.AddAsync).WithSummary("Put a template on one's own shelf");
        templates.MapDelete("/{id:guid}/favourite", Shelf.RemoveAsync).WithSummary("Take it off again");
    }

    private static void MapSubmissions(RouteGroupBuilder submissions)
    {
        submissions.MapGet("", ReadSubmissions.ListAsync).WithSummary("What waits for one's decision, and what one submitted");
        submissions.MapGet("/{id:guid}", ReadSubmissions.GetAsync).WithSummary("A submission with the version it is about");
        submissions.MapPost("/{id:guid}/approval", DecideSubmission.ApproveAsync).WithSummary("Publish it; never one's own");
        submissions.MapPost("/{id:guid}/rejection", DecideSubmission.RejectAsync).WithSummary("Refuse it with a reason; never one's own");
        submissions.MapDelete("/{id:guid}", DecideSubmission.WithdrawAsync).WithSummary("Take one's own submission back");
    }

    private static void MapPackages(RouteGroupBuilder prompts)
    {
        prompts.MapPost("/packages", ExportPackage.HandleAsync).Produces<PromptPackage>().WithSummary("Export published templates as a signed package");
        prompts.MapPost("/imports", ImportPackage.HandleAsync).Accepts<PromptPackage>("application/json").WithMetadata(new RequestSizeLimitAttribute(PackageLimit))
            .WithSummary("Take in a trusted publisher's package as drafts awaiting approval; a dry run tells what would happen");
        prompts.MapGet("/publisher", ExportPackage.Publisher).WithSummary("The name and public key that our packages bear");
    }
}
