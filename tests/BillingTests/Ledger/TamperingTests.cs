using LLMoin.Billing.Ledger.Verification;
using LLMoin.Hosting;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.BillingTests.Ledger;

/// <summary>What a superuser of the database can do to the ledger, with the triggers out of the way, is found out.</summary>
public sealed class TamperingTests(Servers servers)
{
    private readonly string _tenant = "x" + Guid.NewGuid().ToString("n")[..12];

    [Theory]
    [InlineData("update usage_ledger set prompt_tokens = 0 where tenant = @t and seq = 3", "changed", 3)]
    [InlineData("update usage_ledger set department = 'other' where tenant = @t and seq = 1", "changed", 1)]
    [InlineData(
        """
        update usage_ledger set prompt_tokens = 0 where tenant = @t and seq = 3;
        update usage_ledger e set hash = ledger_hash((select hash from usage_ledger where tenant = @t and seq = 2), e) where tenant = @t and seq = 3
        """, "changed", 4)]
    [InlineData("delete from usage_ledger where tenant = @t and seq = 3", "missing", 3)]
    [InlineData("delete from usage_ledger where tenant = @t and seq = 1", "missing", 1)]
    [InlineData(
        """
        update usage_ledger set seq = 99 where tenant = @t and seq = 3;
        update usage_ledger set seq = 3 where tenant = @t and seq = 4;
        update usage_ledger set seq = 4 where tenant = @t and seq = 99
        """, "changed", 3)]
    [InlineData(
        """
        insert into usage_ledger select (e).* from (select jsonb_populate_record(e, '{"month":"2025-12-01"}') e from usage_ledger e where tenant = @t and seq = 3) x
        """, "repeated", 3)]
    [InlineData(
        """
        insert into usage_ledger select (e).* from (select jsonb_populate_record(e, '{"seq":6,"usage_id":"00000000-0000-0000-0000-000000000001"}') e
          from usage_ledger e where tenant = @t and seq = 5) x;
        update usage_ledger e set hash = ledger_hash((select hash from usage_ledger where tenant = @t and seq = 5), e) where tenant = @t and seq = 6
        """, "unclaimed", 6)]
    [InlineData("delete from usage_ledger where tenant = @t and seq > 3", "end", 3)]
    [InlineData("delete from usage_ledger where tenant = @t", "end", 0)]
    [InlineData("delete from ledger_heads where tenant = @t", "end", 5)]
    [InlineData(
        """
        delete from usage_ledger where tenant = @t and seq > 3;
        update ledger_heads set seq = 3, hash = (select hash from usage_ledger where tenant = @t and seq = 3) where tenant = @t
        """, "unbooked", 3)]
    public async Task Whoever_tampers_with_the_ledger_is_found_out_at_the_first_entry(string sql, string kind, long seq)
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        await BookFiveAsync(bed);
        var verifier = new LedgerVerifier(bed.Database);
        Assert.True((await verifier.VerifyAsync(_tenant, null, TestContext.Current.CancellationToken)).Intact);

        await TamperAsync(bed, sql);

        var report = await verifier.VerifyAsync(_tenant, null, TestContext.Current.CancellationToken);
        Assert.False(report.Intact);
        Assert.Equal((kind, seq), (report.Fault!.Kind, report.Fault.Seq));
    }

    [Fact]
    public async Task A_chain_whose_end_is_gone_without_any_trace_is_found_out_by_what_a_statement_says()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        await BookFiveAsync(bed);
        var verifier = new LedgerVerifier(bed.Database);
        var before = await verifier.VerifyAsync(_tenant, null, TestContext.Current.CancellationToken);

        await TamperAsync(bed,
            """
            delete from usage_claims where usage_id in (select usage_id from usage_ledger where tenant = @t and seq > 3);
            delete from usage_ledger where tenant = @t and seq > 3;
            update ledger_heads set seq = 3, hash = (select hash from usage_ledger where tenant = @t and seq = 3) where tenant = @t
            """);

        Assert.True((await verifier.VerifyAsync(_tenant, null, TestContext.Current.CancellationToken)).Intact);
        var anchored = await verifier.VerifyAsync(_tenant, LedgerAnchor.TryParse("5", before.LastHash), TestContext.Current.CancellationToken);
        Assert.Equal(("anchor", 5L), (anchored.Fault!.Kind, anchored.Fault.Seq));
    }

    [Fact]
    public async Task One_command_says_whether_the_ledger_is_intact_and_which_entry_is_not()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        await BookFiveAsync(bed);
        var (code, output) = await RunAsync(bed, "--tenant", _tenant);
        Assert.True(code == 0, output);
        Assert.Contains($"{_tenant}: intact, 5 entries, last hash ", output, StringComparison.Ordinal);
        var hash = output[^65..].Trim();
        var anchored = await Task.WhenAll(
            RunAsync(bed, "--tenant", _tenant, "--anchor", "5:" + hash), RunAsync(bed, "--tenant", _tenant, "--anchor", "4:" + hash), RunAsync(bed, "--anchor", "5:" + hash));
        Assert.Equal([0, 1, 2], anchored.Select(run => run.Code));

        await TamperAsync(bed, "update usage_ledger set completion_tokens = 1000 where tenant = @t and seq = 2");

        (code, output) = await RunAsync(bed);
        Assert.Equal(1, code);
        Assert.Contains($"{_tenant}: BROKEN at entry 2: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_verifies_their_own_tenants_chain_over_HTTP()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        await BookFiveAsync(bed);
        var service = await servers.ServiceAsync("Billing");
        using var paula = service.ClientFor(_tenant, "paula", "auditor");
        using var adam = service.ClientFor(_tenant, "adam", "tenant-admin");
        const string Path = "/api/billing/ledger/verification";

        var report = await paula.GetAsync(Path).OkAsync();
        Assert.True((bool)report["intact"]!);
        Assert.Equal(5, (int)report["entries"]!);
        Assert.True((bool)(await paula.GetAsync($"{Path}?seq=5&hash={report["lastHash"]}").OkAsync())["intact"]!);
        Assert.Equal("anchor", (string?)(await paula.GetAsync($"{Path}?seq=4&hash={report["lastHash"]}").OkAsync())["fault"]!["kind"]);
        await paula.GetAsync(Path + "?seq=4").ProblemAsync(System.Net.HttpStatusCode.BadRequest, "invalid-request", "hash");
        await adam.GetAsync(Path).ProblemAsync(System.Net.HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task BookFiveAsync(LedgerBed bed)
    {
        var november = new DateTime(2025, 11, 3, 9, 0, 0, DateTimeKind.Utc);
        await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant, november.AddMonths(1))], TestContext.Current.CancellationToken);
        await bed.Writer.AppendAsync([.. Enumerable.Range(0, 4).Select(n => LedgerBed.Answer(_tenant, november.AddDays(n)) with { PromptTokens = 10 + n })],
            TestContext.Current.CancellationToken);
    }

    private async Task TamperAsync(LedgerBed bed, string sql)
    {
        var database = new NpgsqlConnectionStringBuilder(bed.Connection).Database;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = database }.ConnectionString);
        // For this session only: other tests rely on the triggers.
        await using var command = source.CreateCommand("set session_replication_role = replica; " + sql.Replace("@t", $"'{_tenant}'", StringComparison.Ordinal));
        Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
    }

    private static async Task<(int Code, string Output)> RunAsync(LedgerBed bed, params string[] options)
    {
        var output = new List<string>();
        var tests = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        await using var command = ChildProcess.Start(
            System.IO.Path.Combine(tests.Parent!.Parent!.FullName, "Billing", tests.Name, "LLMoin.Billing"), ["verify-ledger", .. options],
            line =>
            {
                lock (output)
                    output.Add(line);
            }, new Dictionary<string, string?> { ["ConnectionStrings__billing"] = bed.Connection });
        await command.WaitForLastWordsAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var code = await command.Exited;
        lock (output)
            return (code, string.Join('\n', output));
    }
}
