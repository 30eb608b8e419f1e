using LLMoin.Billing.Accounts;
using LLMoin.Billing.Analytics;
using LLMoin.Billing.Budgets;
using LLMoin.Billing.Days;
using LLMoin.Billing.Invoices;
using LLMoin.Billing.Ledger;
using LLMoin.Billing.OwnData;
using LLMoin.Billing.Statements;
using LLMoin.Billing.Tariffs;
using LLMoin.Billing.Usage;
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
        builder.AddBillingDatabase();
        builder.Services.AddLedger();
        builder.Services.AddDays();
        builder.Services.AddTariffs();
        builder.Services.AddStatements();
        builder.Services.AddAccounts();
        builder.Services.AddInvoices();
        builder.Services.AddAnalytics();
        builder.AddBudgets();
        builder.AddEvents("billing", consume => consume.AddLedger().AddAnalytics());
    }

    public static void AddBillingDatabase(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("billing", typeof(BillingService).Assembly);
        builder.Services.AddSingleton<BillingDatabase>();
    }

    public static void MapBilling(this WebApplication app)
    {
        var billing = app.MapGroup("/api/billing").WithTags("Billing");

        var own = billing.MapGroup("").RequireAuthorization(policy => policy.RequireRole([.. Roles.Staff, Roles.Auditor]));
        own.MapGet("/usage", OwnUsage.ListAsync).WithSummary("One's own usage, entry by entry, newest first");
        own.MapGet("/usage-summaries", OwnUsage.SummariseAsync).WithSummary("One's own usage by day, model and kind");
        own.MapOwnData();

        billing.MapLedger();
        billing.MapTariffs();
        billing.MapStatements();
        billing.MapAccounts();
        billing.MapInvoices();
        billing.MapAnalytics();
        billing.MapBudgets();
    }
}
