using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Billing.Invoices;

/// <summary>Invoices: from a closed month's statements to XRechnung, PDF and CSV.</summary>
internal static class InvoicesSetup
{
    public static void AddInvoices(this IServiceCollection services)
    {
        services.AddValidatedOptions<InvoiceOptions>(InvoiceOptions.Section);
        services.AddSingleton<InvoiceIssuer>();
        services.AddSingleton<IssueInvoices>();
    }

    public static void MapInvoices(this IEndpointRouteBuilder billing)
    {
        var read = billing.MapGroup("/invoices").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor, Roles.Operator));
        read.MapGet("", ListInvoices.HandleAsync)
            .WithSummary("Invoices, newest first: the own tenant's (tenant-admin, auditor) or all (operator); by month, tenant and state");
        read.MapGet("/{id:guid}", ReadInvoice.JsonAsync).Produces<InvoiceView>()
            .WithSummary("One invoice with all that it was issued from (tenant-admin, auditor, operator)");
        read.MapGet("/{id:guid}/xml", ReadInvoice.XmlAsync).Produces(200, contentType: "application/xml")
            .WithSummary("The invoice in law: XRechnung 3.0 in UBL (tenant-admin, auditor, operator)");
        read.MapGet("/{id:guid}/pdf", ReadInvoice.PdfAsync).Produces(200, contentType: "application/pdf")
            .WithSummary("The same for people, as PDF (tenant-admin, auditor, operator)");
        read.MapGet("/{id:guid}/csv", ReadInvoice.CsvAsync).Produces(200, contentType: "text/csv")
            .WithSummary("Its lines and cost shares for a spreadsheet (tenant-admin, auditor, operator)");

        var write = billing.MapGroup("/invoices").RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
        write.MapPost("/issue", IssueInvoices.HandleAsync)
            .WithSummary("Issue all invoices of a closed month; asked again, it goes on where it was cut off (operator)");
        write.MapPost("/{id:guid}/cancellation", CancelInvoice.HandleAsync)
            .WithSummary("Cancel an invoice by a cancellation invoice; asked again, it names the one there is (operator)");
    }
}
