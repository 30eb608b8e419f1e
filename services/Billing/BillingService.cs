using LLMoin.Billing.Usage;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Billing;

/// <summary>Everything the billing service is made of.</summary>
internal static class BillingService
{
    public static void AddBilling(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<BillingOptions>("Billing");
        builder.AddDatabase("billing", typeof(BillingService).Assembly);
        builder.AddEvents("billing", consume => consume.Add<UsageRecordedConsumer, UsageRecorded>());
    }

    public static void MapBilling(this WebApplication app)
    {
        var billing = app.MapGroup("/api/billing").WithTags("Billing");

        var own = billing.MapGroup("").RequireAuthorization(policy => policy.RequireRole(
            Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin, Roles.Auditor));
        own.MapGet("/usage", OwnUsage.ListAsync).WithSummary("One's own usage, entry by entry, newest first");
        own.MapGet("/usage-summaries", OwnUsage.SummariseAsync).WithSummary("One's own usage by day, model and kind");

        billing.MapGet("/tenant-summaries", TenantUsage.SummariseAsync)
            .RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor))
            .WithSummary("The tenant's usage by day and model, without figures of small groups");
    }
}
