using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.BillingTests.Ledger;
using LLMoin.BillingTests.Rating;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.BillingTests.Statements;

public sealed class ClosingTests(Servers servers)
{
    private static readonly DateOnly March = new(2025, 3, 1);
    private readonly string _tenant = "c" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task What_comes_late_is_a_correction_in_the_next_month_and_the_closed_statement_stays()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var bed = await LedgerBed.StartAsync(servers);
        await ClosingBed.AssignAsync(bed, _tenant, March, (March, Prices.Tokens("gross", 100, 100)), (March.AddMonths(1), Prices.Tokens("gross", 900, 900)));
        await bed.Writer.AppendAsync([Tokens(3, 1_000_000)], TestContext.Current.CancellationToken);

        var march = await ClosingBed.CloseAsync(service, _tenant, "2025-03");
        await bed.Writer.AppendAsync([Tokens(3, 2_000_000), Tokens(4, 1_000_000)], TestContext.Current.CancellationToken);
        await ClosingBed.CaughtUpAsync(bed, _tenant);
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        var preview = await admin.GetAsync("/api/billing/statements/preview?month=2025-04").OkAsync();
        var april = await ClosingBed.CloseAsync(service, _tenant, "2025-04");

        Assert.Equal(100, (int)march["net"]!);
        Assert.Equal([("tokens", 900), ("correction", 200)], april["lines"]!.AsArray().Select(line => ((string)line!["kind"]!, (int)line["net"]!)));
        Assert.Equal("Nachtrag 2025-03: Gelesene Tokens, Preisklasse gross", (string?)april["lines"]![1]!["description"]);
        Assert.Equal(preview["lines"]!.ToJsonString(), april["lines"]!.ToJsonString());
        Assert.Equal((1, 3), ((int)march["ledgerSeq"]!, (int)april["ledgerSeq"]!));
        Assert.Equal([(string)april["ledgerHash"]!], await bed.QueryAsync<string>("select encode(hash, 'hex') from ledger_heads where tenant = @_tenant", new { _tenant }));
        Assert.Equal(march.ToJsonString(), (await admin.GetAsync($"/api/billing/statements/{(string?)march["id"]}").OkAsync()).ToJsonString());
    }

    [Fact]
    public async Task Cost_centres_are_on_the_statement_and_its_csv()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var bed = await LedgerBed.StartAsync(servers);
        await ClosingBed.AssignAsync(bed, _tenant, March, (March, Prices.Tokens("gross", 1_000, 0)));
        await bed.Writer.AppendAsync(
            [
                .. Enumerable.Range(1, 10).Select(n => Tokens(3, 300_000) with { UserId = $"bau{n}", Department = "=bau" }),
                .. Enumerable.Range(1, 9).Select(n => Tokens(3, 100_000) with { UserId = $"kita{n}", Department = "kita" }),
                Tokens(3, 100_000),
            ], TestContext.Current.CancellationToken);
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        var body = new JsonObject { ["centres"] = new JsonObject { ["=bau"] = "4711" } };
        await PutAsync(admin, body, null).ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required", "If-Match");
        await PutAsync(admin, body, "\"7\"").ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version", "If-Match");
        await PutAsync(admin, body, "\"0\"").OkAsync();
        await PutAsync(admin, body, "\"0\"").ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version", "If-Match");

        var statement = await ClosingBed.CloseAsync(service, _tenant, "2025-03");
        using var csv = await admin.GetAsync($"/api/billing/statements/{(string?)statement["id"]}/csv");

        Assert.Equal([("", "", 1_000), ("=bau", "4711", 3_000)],
            statement["lines"]![0]!["shares"]!.AsArray().Select(share => ((string)share!["department"]!, (string)share["costCentre"]!, (int)share["net"]!)));
        var rows = Encoding.UTF8.GetString((await csv.Content.ReadAsByteArrayAsync())[3..]).Split("\r\n");
        Assert.Equal($"{_tenant};2025-03;1;tokens;Gelesene Tokens, Preisklasse gross;4000000;C62;10,00;1000000;;19;'=bau;4711;30,00", rows[2]);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_closing_that_is_killed_goes_on_with_the_tenants_that_are_left_and_closes_none_twice()
    {
        await using var service = await servers.StartServiceAsync("Billing", ("Billing__Closing__AfterDays", "0"), ("Billing__Closing__Lanes", "1"));
        var connection = service.Setting("ConnectionStrings__billing");
        await using var source = NpgsqlDataSource.Create(connection);
        // Tenants in the order of their names; the third one's chain is held by somebody.
        await ExecuteAsync(source, "insert into ledger_heads (tenant) select 'k' || n from generate_series(1, 6) n");
        await ExecuteAsync(source, "insert into tariffs (id, name) values ('00000000-0000-0000-0000-000000000001', 'Tarif')");
        await ExecuteAsync(source,
            """
            insert into tariff_versions values ('00000000-0000-0000-0000-000000000001', 1, '2025-03-01',
              '{"tokens": [], "thousandPages": 0, "storageGigabyte": 0, "flat": 500, "minimum": 0, "discountBasisPoints": 0, "tax": "standard"}', 'test');
            insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by)
              select 'k' || n, 1, '00000000-0000-0000-0000-000000000001', '2025-03-01', 'test' from generate_series(1, 6) n
            """);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, "select set_config('app.tenants', 'all', true)");
        await ExecuteAsync(holder, "select from ledger_heads where tenant = 'k3' for update");

        using (var technician = service.ClientFor("betrieb", "otto", "operator"))
        {
            await technician.PostAsync("/api/billing/closings", new JsonObject { ["month"] = "2025-03" }).OkAsync(HttpStatusCode.Accepted);
            await ClosingBed.UntilAsync(() => technician.GetAsync("/api/billing/closings/2025-03"), closing => (int)closing["closed"]! == 2);
        }

        await service.KillAsync();
        var starting = servers.StartServiceAsync("Billing", ("Billing__Closing__AfterDays", "0"), ("ConnectionStrings__billing", connection));
        await service.RestartAsync();
        await using var replica = await starting;
        using var watcher = service.ClientFor("betrieb", "otto", "operator");
        var blocked = await ClosingBed.UntilAsync(() => watcher.GetAsync("/api/billing/closings/2025-03"), closing => (int)closing["closed"]! == 5);
        Assert.Null(blocked["finishedAt"]);
        await held.RollbackAsync();
        var done = await ClosingBed.UntilAsync(() => watcher.GetAsync("/api/billing/closings/2025-03"), closing => closing["finishedAt"] is not null);

        Assert.Equal((6, 6, 0), ((int)done["tenants"]!, (int)done["closed"]!, (int)done["failed"]!));
        var statements = (await watcher.GetAsync("/api/billing/statements?month=2025-03").OkAsync())["items"]!.AsArray();
        Assert.Equal(["k1", "k2", "k3", "k4", "k5", "k6"], statements.Select(statement => (string?)statement!["tenant"]));
        Assert.All(statements, statement => Assert.Equal(500, (int)statement!["net"]!));
    }

    [Fact]
    public async Task A_tenants_statements_are_its_own_and_nobody_changes_them()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var bed = await LedgerBed.StartAsync(servers);
        await ClosingBed.AssignAsync(bed, _tenant, March, (March, Prices.Flat(500)));
        var id = (string?)(await ClosingBed.CloseAsync(service, _tenant, "2025-03"))["id"];

        foreach (var role in new[] { "tenant-admin", "auditor" })
        {
            using var own = service.ClientFor(_tenant, "paula", role);
            using var stranger = service.ClientFor(_tenant + "x", "paula", role);
            Assert.Equal(500, (int)(await own.GetAsync($"/api/billing/statements/{id}").OkAsync())["lines"]![0]!["net"]!);
            await stranger.GetAsync($"/api/billing/statements/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.Empty((await stranger.GetAsync($"/api/billing/statements?tenant={_tenant}").OkAsync())["items"]!.AsArray());
            await stranger.GetAsync($"/api/billing/statements/preview?tenant={_tenant}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "tenant");
            await own.PostAsync("/api/billing/closings", new JsonObject { ["month"] = "2025-03" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }

        using var anna = service.ClientFor(_tenant, "anna", "user");
        await anna.GetAsync("/api/billing/statements").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        using var technician = service.ClientFor("betrieb", "otto", "operator");
        await technician.PostAsync("/api/billing/closings", new JsonObject { ["month"] = ClosingBed.Calendar.Month.ToString() })
            .ProblemAsync(HttpStatusCode.Conflict, "month-not-over", "month");

        await using var source = NpgsqlDataSource.Create(bed.Connection);
        foreach (var table in new[]
                 {
                     "tariffs", "tariff_versions", "tariff_assignments", "usage_days", "usage_day_watermarks", "statements", "statement_lines", "statement_shares",
                     "closings", "closing_steps", "cost_centres",
                 })
        {
            await using var stranger = source.CreateCommand($"set app.tenant = '{_tenant}x'; select count(*) from {table}");
            Assert.Equal(0L, await stranger.ExecuteScalarAsync());
        }

        foreach (var table in new[] { "statements", "statement_lines", "statement_shares", "tariff_versions", "tariff_assignments" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(source, $"delete from {table}"));
            Assert.Contains("immutable", refused.MessageText, StringComparison.Ordinal);
        }
    }

    private Billing.Ledger.NewEntry Tokens(int month, long prompt)
        => LedgerBed.Answer(_tenant, new DateTime(2025, month, 15, 10, 0, 0, DateTimeKind.Utc)) with { PriceClass = "gross", PromptTokens = prompt, CompletionTokens = 0 };

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, JsonNode body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/billing/cost-centres") { Content = JsonContent(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    private static StringContent JsonContent(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "select set_config('app.tenants', 'all', true)");
        await ExecuteAsync(connection, sql);
        await transaction.CommitAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
