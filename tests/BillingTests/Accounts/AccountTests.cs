using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.BillingTests.Invoices;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Accounts;

public sealed class AccountTests(Servers servers)
{
    private readonly string _tenant = InvoicingService.NewTenant();

    [Fact]
    public async Task An_operator_edits_it_and_its_tenant_reads_it()
    {
        var service = await servers.ServiceAsync("Billing");
        using var technician = service.ClientFor("betrieb", "olga", "operator");
        using var auditor = service.ClientFor(_tenant, "paula", "auditor");
        using var stranger = service.ClientFor(_tenant + "x", "paula", "auditor");
        await auditor.GetAsync("/api/billing/account").ProblemAsync(HttpStatusCode.NotFound, "not-found");

        await InvoicingService.CreateAccountAsync(technician, _tenant, "Ämter & Söhne <GmbH>");

        var read = await auditor.GetAsync("/api/billing/account").OkAsync();
        Assert.Equal("Ämter & Söhne <GmbH>", (string?)read["legalName"]);
        // Without an address of its own it is reached by its Leitweg-ID.
        Assert.Equal(("0204", "04011000-1234512345-06"), ((string?)read["electronicAddress"]!["scheme"], (string?)read["electronicAddress"]!["address"]));
        await stranger.GetAsync("/api/billing/account").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await auditor.GetAsync($"/api/billing/accounts/{_tenant}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await auditor.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", InvoicingService.Account()).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told()
    {
        using var technician = (await servers.ServiceAsync("Billing")).ClientFor("betrieb", "olga", "operator");
        await InvoicingService.CreateAccountAsync(technician, _tenant);
        using var read = await technician.GetAsync($"/api/billing/accounts/{_tenant}");

        await technician.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", InvoicingService.Account("Eins")).ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required", "If-Match");
        technician.DefaultRequestHeaders.IfMatch.Add(read.Headers.ETag!);
        var saved = await technician.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", InvoicingService.Account("Zwei")).OkAsync();
        await technician.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", InvoicingService.Account("Drei")).ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version", "If-Match");

        Assert.Equal(2, (int)saved["version"]!);
    }

    [Theory]
    [InlineData("leitwegId", "04011000-1234512345-07")]
    [InlineData("legalName", "")]
    [InlineData("legalName", "Stadt\u0000")]
    [InlineData("vatId", "DE12345678")]
    [InlineData("orderReference", "B\u0007")]
    public async Task What_no_invoice_could_bear_is_refused_with_its_field(string field, string value)
    {
        using var technician = (await servers.ServiceAsync("Billing")).ClientFor("betrieb", "olga", "operator");
        var account = InvoicingService.Account();
        account[field] = value;

        var problem = await technician.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", account).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);

        Assert.NotEmpty((string)problem["detailDe"]!);
    }

    [Fact]
    public async Task Its_address_and_mail_are_checked_too()
    {
        using var technician = (await servers.ServiceAsync("Billing")).ClientFor("betrieb", "olga", "operator");
        foreach (var (field, change) in new (string, Action<JsonObject>)[]
                 {
                     ("address.city", account => account["address"]!.AsObject().Remove("city")),
                     ("address.country", account => account["address"]!["country"] = "Deutschland"),
                     ("electronicAddress", account => account["electronicAddress"] = new JsonObject { ["scheme"] = "EM", ["address"] = "amt.example" }),
                     ("electronicAddress", account => account["electronicAddress"] = new JsonObject { ["scheme"] = "0204", ["address"] = "04011000-1234512345-07" }),
                     ("contact.mail", account => account["contact"] = new JsonObject { ["mail"] = "@" }),
                     ("paymentDays", account => account["paymentDays"] = 121),
                 })
        {
            var account = InvoicingService.Account();
            change(account);
            await technician.PutAsJsonAsync($"/api/billing/accounts/{_tenant}", account).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
        }
    }
}
