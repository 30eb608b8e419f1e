using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LLMoin.Billing.Tariffs;

internal static class TariffsSetup
{
    public static void AddTariffs(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BillingCalendar>();
    }

    public static void MapTariffs(this RouteGroupBuilder billing)
    {
        var operators = billing.MapGroup("").RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
        operators.MapPost("/tariffs", TariffsApi.CreateAsync).WithSummary("Make a tariff with its first version (operator)");
        operators.MapPost("/tariffs/{id:guid}/versions", TariffsApi.AddVersionAsync)
            .WithSummary("Continue a tariff with a new version from a day on; If-Match names the newest one (operator)");
        operators.MapPost("/tariff-assignments", AssignmentsApi.CreateAsync).WithSummary("Give a tenant a tariff from a day on (operator)");

        var readers = billing.MapGroup("").RequireAuthorization(policy => policy.RequireRole(Roles.Operator, Roles.TenantAdmin, Roles.Auditor));
        readers.MapGet("/tariffs", TariffsApi.ListAsync).WithSummary("The tariffs: all for operators, else those the own tenant has or had (tenant-admin, auditor)");
        readers.MapGet("/tariffs/{id:guid}", TariffsApi.GetAsync).WithSummary("A tariff with its versions; the ETag names the newest (operator, tenant-admin, auditor)");
        readers.MapGet("/tariffs/current", TariffsApi.CurrentAsync).WithSummary("What the own tenant is charged today (operator, tenant-admin, auditor)");
        readers.MapGet("/tariff-assignments", AssignmentsApi.ListAsync)
            .WithSummary("Who has which tariff from when on: any tenant's for operators, else the own (tenant-admin, auditor)");
    }
}
