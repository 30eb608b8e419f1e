using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LLMoin.Billing.Statements;
using LLMoin.BillingTests.Invoices.En16931Rules;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Invoices;

[Collection(Invoicing.Name)]
public sealed class ReadTests(InvoicingService service)
{
    private static readonly StatementLine Users = SampleStatements.Line("users", "=Aktive Personen", 12, 490);
    private readonly string _tenant = InvoicingService.NewTenant();

    [Theory]
    [InlineData("xml", "application/xml", "xml")]
    [InlineData("pdf", "application/pdf", "pdf")]
    [InlineData("csv", "text/csv", "csv")]
    public async Task Its_files_have_names_types_and_a_tag_by_which_they_come_once(string route, string type, string extension)
    {
        var id = await IssueAsync();
        using var auditor = service.Process.ClientFor(_tenant, "paula", "auditor");

        using var first = await auditor.GetAsync($"/api/billing/invoices/{id}/{route}");
        using var repeated = new HttpRequestMessage(HttpMethod.Get, $"/api/billing/invoices/{id}/{route}");
        repeated.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await auditor.SendAsync(repeated);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(type, first.Content.Headers.ContentType?.MediaType);
        Assert.Matches($@"LM-[0-9]{{4}}-[0-9]{{6}}\.{extension}$", first.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(new CacheControlHeaderValue { Private = true, NoCache = true }, first.Headers.CacheControl);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Its_json_bears_another_tag_once_it_is_cancelled_and_its_xml_the_same()
    {
        var id = await IssueAsync();
        using var technician = service.Operator();
        async Task<(EntityTagHeaderValue? Json, EntityTagHeaderValue? Xml)> TagsAsync()
        {
            using var json = await technician.GetAsync($"/api/billing/invoices/{id}");
            using var xml = await technician.GetAsync($"/api/billing/invoices/{id}/xml");
            return (json.Headers.ETag, xml.Headers.ETag);
        }

        var before = await TagsAsync();
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/billing/invoices/{id}");
        known.Headers.IfNoneMatch.Add(before.Json!);
        using var unchanged = await technician.SendAsync(known);
        await technician.PostAsync($"/api/billing/invoices/{id}/cancellation", new System.Text.Json.Nodes.JsonObject { ["reason"] = "Irrtum" }).OkAsync(HttpStatusCode.Created);
        var after = await TagsAsync();

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.NotEqual(before.Json, after.Json);
        Assert.Equal(before.Xml, after.Xml);
    }

    [Fact]
    public async Task The_stored_xml_keeps_every_rule()
    {
        var id = await IssueAsync();
        using var technician = service.Operator();

        Assert.Empty(RuleBook.Broken(Ubl.Read(await technician.GetByteArrayAsync($"/api/billing/invoices/{id}/xml"))));
    }

    [Fact]
    public async Task The_shares_in_the_csv_add_up_to_the_net_amount_and_text_is_no_formula()
    {
        var id = await IssueAsync();
        using var admin = service.Process.ClientFor(_tenant, "adam", "tenant-admin");

        var rows = Encoding.UTF8.GetString(await admin.GetByteArrayAsync($"/api/billing/invoices/{id}/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(';')).ToList();

        Assert.Equal(58.80m, rows.Skip(1).Sum(row => decimal.Parse(row[^1].Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows.Skip(1), row => Assert.Equal("'=Aktive Personen", row[5]));
        Assert.Equal(["hauptamt", "bauamt", ""], rows.Skip(1).Select(row => row[14]).OrderByDescending(name => name));
    }

    [Fact]
    public async Task Others_see_nothing_of_it()
    {
        var id = await IssueAsync();
        using var own = service.Process.ClientFor(_tenant, "adam", "tenant-admin");
        using var stranger = service.Process.ClientFor(_tenant + "x", "eva", "tenant-admin", "auditor");
        using var user = service.Process.ClientFor(_tenant, "anna", "user");

        Assert.Single((await own.GetAsync("/api/billing/invoices").OkAsync())["items"]!.AsArray());
        Assert.Empty((await stranger.GetAsync("/api/billing/invoices").OkAsync())["items"]!.AsArray());
        Assert.Empty((await stranger.GetAsync($"/api/billing/invoices?tenant={_tenant}").OkAsync())["items"]!.AsArray());
        foreach (var part in (string[])["", "/xml", "/pdf", "/csv"])
            await stranger.GetAsync($"/api/billing/invoices/{id}{part}").ProblemAsync(HttpStatusCode.NotFound, "not-found", "id");
        await user.GetAsync("/api/billing/invoices").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await own.PostAsync("/api/billing/invoices/issue", new System.Text.Json.Nodes.JsonObject { ["month"] = "2026-11" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await own.PostAsync($"/api/billing/invoices/{id}/cancellation", new System.Text.Json.Nodes.JsonObject { ["reason"] = "nein danke" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_list_comes_page_by_page_newest_first()
    {
        var ids = new List<string>();
        for (var index = 0; index < 3; index++)
            ids.Insert(0, await IssueAsync(index == 0));
        using var auditor = service.Process.ClientFor(_tenant, "paula", "auditor");

        var first = await auditor.GetAsync("/api/billing/invoices?limit=2").OkAsync();
        var second = await auditor.GetAsync($"/api/billing/invoices?limit=2&after={first["next"]}").OkAsync();

        Assert.Equal(ids, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(entry => (string)entry!["id"]!));
        Assert.Null(second["next"]);
        Assert.Empty((await auditor.GetAsync("/api/billing/invoices?state=cancelled").OkAsync())["items"]!.AsArray());
        await auditor.GetAsync("/api/billing/invoices?state=paid").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "state");
        await auditor.GetAsync("/api/billing/invoices?month=gestern").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "month");
    }

    private async Task<string> IssueAsync(bool createAccount = true)
    {
        using var technician = service.Operator();
        var month = InvoicingService.NewMonth();
        await service.CloseAsync(_tenant, month, Users);
        if (createAccount)
            await InvoicingService.CreateAccountAsync(technician, _tenant);
        return (string)(await InvoicingService.IssueAsync(technician, month))["issued"]![0]!["id"]!;
    }
}
