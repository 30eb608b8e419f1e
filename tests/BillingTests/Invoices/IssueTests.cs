using System.Net;
using System.Text.Json.Nodes;
using LLMoin.Billing.Money;
using LLMoin.BillingTests.Invoices.En16931Rules;
using LLMoin.BillingTests.Statements;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.BillingTests.Invoices;

[Collection(Invoicing.Name)]
public sealed class IssueTests(InvoicingService service, Servers servers)
{
    private static readonly Billing.Statements.StatementLine Users = SampleStatements.Line("users", "Aktive Personen", 12, 490);

    [Fact]
    public async Task A_closed_month_is_invoiced_once_however_often_it_is_asked_for()
    {
        using var technician = service.Operator();
        var (month, tenant, other) = (InvoicingService.NewMonth(), InvoicingService.NewTenant(), InvoicingService.NewTenant());
        var statement = await service.CloseAsync(tenant, month, Users);
        await service.CloseAsync(other, month);
        await InvoicingService.CreateAccountAsync(technician, tenant);

        var today = await ClosingBed.TodayAsync();
        var first = await InvoicingService.IssueAsync(technician, month);
        var second = await InvoicingService.IssueAsync(technician, month);

        var issued = Assert.Single(first["issued"]!.AsArray())!;
        Assert.Matches($"^LM-{today.Year}-[0-9]{{6}}$", (string?)issued["number"]);
        Assert.Equal(1, (int)first["zero"]!);
        Assert.Empty(second["issued"]!.AsArray());
        Assert.Equal(1, (int)second["standing"]!);
        var read = (await technician.GetAsync($"/api/billing/invoices/{issued["id"]}").OkAsync())["invoice"]!;
        Assert.Equal(statement.Net.Value, (long)read["totals"]!["net"]!);
        Assert.Equal(Cents.Round(statement.Net.Value * 119, 100).Value, (long)read["totals"]!["gross"]!);
    }

    [Fact]
    public async Task Who_lacks_an_account_or_a_vat_id_is_named_and_gets_the_invoice_once_it_is_there()
    {
        using var technician = service.Operator();
        var (month, nobody, foreign) = (InvoicingService.NewMonth(), InvoicingService.NewTenant(), InvoicingService.NewTenant());
        await service.CloseAsync(nobody, month, Users);
        await service.CloseAsync(foreign, month, SampleStatements.Line("flat", "Grundpreis", 1, 100, tax: Tax.ReverseCharge));
        await InvoicingService.CreateAccountAsync(technician, foreign);

        var before = (await InvoicingService.IssueAsync(technician, month))["notIssued"]!.AsArray().ToDictionary(entry => (string)entry!["tenant"]!, entry => entry!);
        await InvoicingService.CreateAccountAsync(technician, nobody);
        var after = await InvoicingService.IssueAsync(technician, month);

        Assert.Equal("account", (string?)before[nobody]["missing"]);
        Assert.Contains($"/api/billing/accounts/{nobody}", (string?)before[nobody]["detail"]);
        Assert.Equal("vatId", (string?)before[foreign]["missing"]);
        Assert.Equal(nobody, (string?)Assert.Single(after["issued"]!.AsArray())!["tenant"]);
        Assert.Equal(foreign, (string?)Assert.Single(after["notIssued"]!.AsArray())!["tenant"]);
    }

    [Fact]
    public async Task A_cancelled_invoice_is_taken_back_whole_and_the_statement_may_be_invoiced_anew()
    {
        using var technician = service.Operator();
        var (month, tenant) = (InvoicingService.NewMonth(), InvoicingService.NewTenant());
        await service.CloseAsync(tenant, month, Users);
        await InvoicingService.CreateAccountAsync(technician, tenant);
        var id = (string)(await InvoicingService.IssueAsync(technician, month))["issued"]![0]!["id"]!;
        var reason = new JsonObject { ["reason"] = "Falscher Empfänger" };

        var cancellation = await technician.PostAsync($"/api/billing/invoices/{id}/cancellation", reason).OkAsync(HttpStatusCode.Created);
        var again = await technician.PostAsync($"/api/billing/invoices/{id}/cancellation", reason).OkAsync();
        await technician.PostAsync($"/api/billing/invoices/{cancellation["id"]}/cancellation", reason).ProblemAsync(HttpStatusCode.Conflict, "cancellation-stands", "id");
        var unasked = await InvoicingService.IssueAsync(technician, month);
        var anew = await InvoicingService.IssueAsync(technician, month, again: true);

        Assert.Equal((string?)cancellation["id"], (string?)again["id"]);
        Assert.Equal(tenant, (string?)Assert.Single(unasked["cancelled"]!.AsArray()));
        Assert.Single(anew["issued"]!.AsArray());
        var listed = (await technician.GetAsync($"/api/billing/invoices?tenant={tenant}&month={month}").OkAsync())["items"]!.AsArray();
        Assert.Equal(["issued", "cancellation", "cancelled"], listed.Select(entry => (string)entry!["state"]!));
        Assert.Equal((long)listed[2]!["gross"]!, listed.Sum(entry => (long)entry!["gross"]!));
        var xml = Ubl.Read(await technician.GetByteArrayAsync($"/api/billing/invoices/{cancellation["id"]}/xml"));
        Assert.Empty(RuleBook.Broken(xml));
        Assert.Equal("384", xml.Text("cbc:InvoiceTypeCode"));
    }

    [Fact]
    public async Task What_the_closing_of_a_month_found_is_what_is_invoiced()
    {
        using var technician = service.Operator();
        var (tenant, tariff) = (InvoicingService.NewTenant(), Guid.CreateVersion7());
        await service.ExecuteAsync(
            $$"""
             insert into tariffs (id, name) values ('{{tariff}}', '{{tariff}}');
             insert into tariff_versions values ('{{tariff}}', 1, '2025-03-01',
               '{"tokens": [], "thousandPages": 0, "storageGigabyte": 0, "flat": 49900, "minimum": 60000, "discountBasisPoints": 1000, "tax": "standard"}', 'test');
             insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by) values ('{{tenant}}', 1, '{{tariff}}', '2025-03-01', 'test');
             """);
        await InvoicingService.CreateAccountAsync(technician, tenant);
        using var closing = await technician.PostAsync("/api/billing/closings", new JsonObject { ["month"] = "2025-03" });
        Assert.Equal(HttpStatusCode.Accepted, closing.StatusCode);
        var statements = $"/api/billing/statements?tenant={tenant}&month=2025-03";
        await ReadUntil.TrueAsync(async () => (await technician.GetAsync(statements).OkAsync())["items"]!.AsArray().Count == 1, "the month is closed");

        var id = (string)(await InvoicingService.IssueAsync(technician, new(2025, 3)))["issued"]![0]!["id"]!;

        var xml = Ubl.Read(await technician.GetByteArrayAsync($"/api/billing/invoices/{id}/xml"));
        Assert.Empty(RuleBook.Broken(xml));
        Assert.Equal(["449.10", "150.90"], xml.All("cac:InvoiceLine").Select(line => line.Text("cbc:LineExtensionAmount")));
        Assert.Equal("714.00", xml.Text("cac:LegalMonetaryTotal/cbc:PayableAmount"));
        Assert.Equal((await technician.GetAsync(statements).OkAsync())["items"]![0]!["id"]!.ToString(), (await technician.GetAsync($"/api/billing/invoices/{id}").OkAsync())["invoice"]!["statementId"]!.ToString());
    }

    [Fact]
    public async Task Fifty_at_once_leave_no_gap_and_no_number_twice()
    {
        using var technician = service.Operator();
        var months = Enumerable.Range(0, 50).Select(_ => (Month: InvoicingService.NewMonth(), Tenant: InvoicingService.NewTenant())).ToList();
        foreach (var (month, tenant) in months)
        {
            await service.CloseAsync(tenant, month, Users);
            await InvoicingService.CreateAccountAsync(technician, tenant);
        }

        // Twice each, so that the second finds the first one's invoice, and a number it took is given back.
        var reports = await Task.WhenAll(months.Concat(months).Select(entry => InvoicingService.IssueAsync(technician, entry.Month)));

        Assert.Equal(50, reports.Sum(report => report["issued"]!.AsArray().Count));
        await AssertGaplessAsync();
    }

    [Fact]
    public async Task Many_who_wait_for_a_number_leave_connections_to_those_who_only_read()
    {
        using var technician = service.Operator();
        var months = Enumerable.Range(0, 30).Select(_ => (Month: InvoicingService.NewMonth(), Tenant: InvoicingService.NewTenant())).ToList();
        foreach (var (month, tenant) in months)
        {
            await service.CloseAsync(tenant, month, Users);
            await InvoicingService.CreateAccountAsync(technician, tenant);
        }

        // The counter is there, and held by somebody. The service has twenty connections.
        await InvoicingService.IssueAsync(technician, months[0].Month);
        await using var source = Superuser();
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from invoice_counters for update", holder, held))
            await hold.ExecuteNonQueryAsync();
        var issuing = months[1..].Select(entry => InvoicingService.IssueAsync(technician, entry.Month)).ToList();
        await ReadUntil.TrueAsync(async () => await service.WaitsAsync(), "somebody waits for a number");

        foreach (var (month, _) in months)
            await technician.GetAsync($"/api/billing/invoices?month={month}").OkAsync();
        await held.RollbackAsync();
        Assert.All(await Task.WhenAll(issuing), report => Assert.Single(report["issued"]!.AsArray()));
        await AssertGaplessAsync();
    }

    [Fact]
    public async Task A_process_killed_with_a_number_in_its_hand_leaves_no_gap_and_goes_on_where_it_was()
    {
        using var technician = service.Operator();
        var month = InvoicingService.NewMonth();
        var tenants = Enumerable.Range(0, 20).Select(_ => InvoicingService.NewTenant()).Order(StringComparer.Ordinal).ToList();
        foreach (var tenant in tenants)
        {
            await service.CloseAsync(tenant, month, Users);
            await InvoicingService.CreateAccountAsync(technician, tenant);
        }

        // The eleventh statement is held by somebody, so that its invoice has its number and waits to be stored.
        await using var source = Superuser();
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"select id from statements where tenant = '{tenants[10]}' for update", holder, held))
            await hold.ExecuteNonQueryAsync();

        var issuing = InvoicingService.IssueAsync(technician, month);
        await ReadUntil.TrueAsync(async () => await service.WaitsAsync(), "the eleventh waits");
        await service.Process.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => issuing);
        await held.RollbackAsync();
        Assert.Equal(10, await CountAsync(month));
        await service.Process.RestartAsync();
        var report = await InvoicingService.IssueAsync(technician, month);

        Assert.Equal((10, 10), ((int)report["standing"]!, report["issued"]!.AsArray().Count));
        await AssertGaplessAsync();
    }

    [Fact]
    public async Task The_database_itself_refuses_changes_gaps_and_second_invoices()
    {
        using var technician = service.Operator();
        var (month, tenant) = (InvoicingService.NewMonth(), InvoicingService.NewTenant());
        await service.CloseAsync(tenant, month, Users);
        await InvoicingService.CreateAccountAsync(technician, tenant);
        await InvoicingService.IssueAsync(technician, month);
        string Copy(string after) =>
            $"""
             insert into invoices
             select gen_random_uuid(), tenant, seller, year, sequence + {after}, number || 'x', kind, statement_id, month, cancels, issued_on, due_on,
               net, vat, gross, document, xml, issued_by from invoices where tenant = '{tenant}'
             """;

        foreach (var sql in new[]
                 {
                     "update invoices set gross = 0", "delete from invoices", "truncate invoices cascade",
                     Copy("1000000"), Copy("(select max(i.sequence) from invoices i) - sequence + 1"),
                 })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => service.ExecuteAsync(sql));
            Assert.Matches("immutable|no gaps|invoiced already", refused.MessageText);
        }
    }

    [Fact]
    public async Task Without_a_seller_or_a_closed_month_it_says_what_to_do()
    {
        using var technician = service.Operator();
        using var unconfigured = (await servers.ServiceAsync("Billing")).ClientFor("betrieb", "olga", "operator");
        var order = new JsonObject { ["month"] = "1999-12" };

        var seller = await unconfigured.PostAsync("/api/billing/invoices/issue", order).ProblemAsync(HttpStatusCode.Conflict, "seller-incomplete");
        await technician.PostAsync("/api/billing/invoices/issue", order).ProblemAsync(HttpStatusCode.Conflict, "month-open", "month");
        await technician.PostAsync("/api/billing/invoices/issue", new JsonObject()).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "month");

        foreach (var key in (string[])["Billing:Seller:Name", "Billing:Seller:Iban", "Billing:Seller:VatId", "Billing:Seller:ContactMail"])
            Assert.Contains(key, (string?)seller["detailDe"]);
    }

    private NpgsqlDataSource Superuser() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(servers.Postgres)
    {
        Database = new NpgsqlConnectionStringBuilder(service.Process.Setting("ConnectionStrings__billing")).Database,
    }.ConnectionString);

    private async Task<int> CountAsync(Billing.Months.BillingMonth month) => (int)(await service.QueryAsync<long>($"select count(*) from invoices where month = '{month}-01'"))[0];

    private async Task AssertGaplessAsync()
    {
        // Each year begins anew.
        var counters = await service.QueryAsync<(int Year, long Last)>("select year::int, last from invoice_counters order by year");
        Assert.Equal(
            counters.SelectMany(counter => Enumerable.Range(1, (int)counter.Last).Select(number => (counter.Year, (long)number))),
            await service.QueryAsync<(int, long)>("select year::int, sequence from invoices order by year, sequence"));
        Assert.Empty(await service.QueryAsync<Guid>("select statement_id from invoices i where kind = 'invoice' and not exists (select from invoices c where c.cancels = i.id) group by 1 having count(*) > 1"));
    }
}
