using LLMoin.Billing.CostCentres;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Billing.Statements;

internal static class StatementsSetup
{
    public static void AddStatements(this IServiceCollection services)
    {
        services.AddValidatedOptions<ClosingOptions>("Billing:Closing");
        services.AddSingleton<MonthClosing>();
        services.AddSingleton<ClosingWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ClosingWorker>());
    }

    public static void MapStatements(this RouteGroupBuilder billing)
    {
        var readers = billing.MapGroup("/statements").RequireAuthorization(policy => policy.RequireRole(Roles.Operator, Roles.TenantAdmin, Roles.Auditor));
        readers.MapGet("", StatementsApi.ListAsync).WithSummary("Statements, newest month first: any tenant's for operators, else the own (tenant-admin, auditor)");
        readers.MapGet("/{id:guid}", StatementsApi.GetAsync).WithSummary("A statement with its lines and the departments' shares (operator, tenant-admin, auditor)");
        readers.MapGet("/{id:guid}/csv", StatementsApi.CsvAsync).Produces<byte[]>(contentType: "text/csv")
            .WithSummary("A statement as CSV, one row a share, as German Excel opens it (operator, tenant-admin, auditor)");
        readers.MapGet("/preview", StatementsApi.PreviewAsync)
            .WithSummary("What the running month costs so far: any tenant's for operators, else the own (tenant-admin, auditor)");

        var closings = billing.MapGroup("/closings").RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
        closings.MapPost("", ClosingsApi.StartAsync).WithSummary("Close a month for all tenants, as a job; ordered again it adds tenants that were not there (operator)");
        closings.MapGet("", ClosingsApi.ListAsync).WithSummary("Month closings, newest first (operator)");
        closings.MapGet("/{month}", ClosingsApi.GetAsync).WithSummary("How far a month's closing is (operator)");

        billing.MapCostCentres();
    }
}
