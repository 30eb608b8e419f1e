using LLMoin.Billing.Ledger;
using LLMoin.Messaging.Broker;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Budgets;

internal static class BudgetsSetup
{
    public static void AddBudgets(this WebApplicationBuilder builder)
    {
        builder.AddBroker();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new BudgetPeriods(TimeZoneInfo.FindSystemTimeZoneById(services.GetRequiredService<IOptions<BillingOptions>>().Value.TimeZone)));
        builder.Services.AddSingleton<BudgetWarnings>();
        builder.Services.AddSingleton<BudgetCounters>();
        builder.Services.AddSingleton<ILedgerProjection>(services => services.GetRequiredService<BudgetCounters>());
        builder.Services.AddSingleton<BudgetStore>();
        builder.Services.AddSingleton<BudgetReader>();
        builder.Services.AddHostedService<BudgetBroadcaster>();
    }

    public static void MapBudgets(this RouteGroupBuilder billing)
    {
        billing.MapGet("/budgets/own", BudgetsApi.OwnAsync)
            .RequireAuthorization(policy => policy.RequireRole(
                Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin, Roles.Auditor))
            .WithSummary("The budgets that bind oneself: how far one's own are used, and whether shared ones are spent (everyone)");

        var readers = billing.MapGroup("/budgets").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor, Roles.Operator));
        readers.MapGet("/", BudgetsApi.ListAsync)
            .WithSummary("Budgets and their present state: the own tenant's (tenant-admin, auditor), any tenant's (operator); no person's figures");
        readers.MapGet("/{id:guid}", BudgetsApi.GetAsync).WithSummary("One budget; the ETag names its version (tenant-admin, auditor, operator)");

        var writers = billing.MapGroup("/budgets").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Operator));
        writers.MapPost("/", BudgetsApi.CreateAsync)
            .WithSummary("Set a budget for the own tenant (tenant-admin) or any (operator); what its period has seen already counts");
        writers.MapPut("/{id:guid}", BudgetsApi.ReplaceAsync)
            .WithSummary("Change limit, hardness, warning and contact; If-Match names the version (tenant-admin the tenant's, operator the operator's)");
        writers.MapDelete("/{id:guid}", BudgetsApi.DeleteAsync)
            .WithSummary("Delete a budget; If-Match names the version (tenant-admin the tenant's, operator the operator's)");
    }
}
