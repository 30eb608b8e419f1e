using System.Net;
using System.Text.Json.Nodes;
using LLMoin.Billing.Ledger;
using LLMoin.Billing.Ledger.Verification;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Ledger;

public sealed class CorrectionTests(Servers servers)
{
    private const string Path = "/api/billing/corrections";
    private readonly string _tenant = "c" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_correction_is_a_further_entry_that_takes_back_at_most_what_is_left()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var entry = await BookAsync(bed);
        var service = await servers.ServiceAsync("Billing");
        using var otto = service.ClientFor("platform", "otto", "operator");
        using var paula = service.ClientFor(_tenant, "paula", "auditor");
        var correction = Correction(entry.UsageId, promptTokens: -60);

        var created = await otto.PostAsync(Path, correction).OkAsync(HttpStatusCode.Created);
        Assert.Equal((2, -60), ((int)created["seq"]!, (int)created["promptTokens"]!));
        var again = await otto.PostAsync(Path, correction).OkAsync();
        Assert.Equal(created.ToJsonString(), again.ToJsonString());
        await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: -41)).ProblemAsync(HttpStatusCode.Conflict, "conflict", "promptTokens");
        await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: -40)).OkAsync(HttpStatusCode.Created);

        var lines = (await paula.GetAsync("/api/billing/ledger").OkAsync())["items"]!.AsArray();
        Assert.Equal([100, -60, -40], lines.Select(line => (int)line!["promptTokens"]!));
        Assert.Equal("Doppelt gezählt", (string?)lines[1]!["reason"]);
        Assert.Equal(entry.UsageId, (Guid)lines[1]!["corrects"]!);
        Assert.DoesNotContain("anna", lines.ToJsonString(), StringComparison.Ordinal);
        Assert.True((await new LedgerVerifier(bed.Database).VerifyAsync(_tenant, null, TestContext.Current.CancellationToken)).Intact);
    }

    [Fact]
    public async Task Corrections_at_once_never_take_back_more_than_there_was()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var entry = await BookAsync(bed);
        var service = await servers.ServiceAsync("Billing");
        using var otto = service.ClientFor("platform", "otto", "operator");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: -30))));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal([10L], await bed.QueryAsync<long>("select sum(prompt_tokens)::bigint from usage_ledger where tenant = @_tenant", new { _tenant }));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task A_correction_of_a_closed_month_is_booked_to_the_first_open_one_and_counts_where_the_entry_did()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var entry = await BookAsync(bed);
        await bed.CloseAsync(_tenant, new DateOnly(2025, 11, 1));
        var service = await servers.ServiceAsync("Billing");
        using var otto = service.ClientFor("platform", "otto", "operator");
        using var paula = service.ClientFor(_tenant, "paula", "auditor");

        var line = await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: -1)).OkAsync(HttpStatusCode.Created);

        Assert.Equal("2025-12", (string?)line["month"]);
        Assert.True((bool)line["late"]!);
        Assert.Equal("2025-11-15", (string?)line["occurredOn"]);
        Assert.Single((await paula.GetAsync("/api/billing/ledger?month=2025-12").OkAsync())["items"]!.AsArray());
        Assert.Equal(["anna", "anna"], await bed.QueryAsync<string>("select user_id from usage_ledger where tenant = @_tenant", new { _tenant }));
    }

    [Fact]
    public async Task What_is_no_correction_is_refused_and_only_operators_correct()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var entry = await BookAsync(bed);
        var service = await servers.ServiceAsync("Billing");
        using var otto = service.ClientFor("platform", "otto", "operator");
        using var adam = service.ClientFor(_tenant, "adam", "tenant-admin", "auditor");
        var good = Correction(entry.UsageId, promptTokens: -1);

        await adam.PostAsync(Path, good).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await otto.GetAsync("/api/billing/ledger").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: 1)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "promptTokens");
        await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: 0)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "promptTokens");
        await otto.PostAsync(Path, Correction(Guid.CreateVersion7(), promptTokens: -1)).ProblemAsync(HttpStatusCode.NotFound, "not-found", "usageId");
        await otto.PostAsync(Path, Correction(entry.UsageId, promptTokens: -1, reason: " ")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "reason");
        await otto.PostAsync(Path, Correction(entry.UsageId, long.MinValue)).ProblemAsync(HttpStatusCode.Conflict, "conflict", "promptTokens");
        await otto.PostAsync(Path, good).OkAsync(HttpStatusCode.Created);
        var other = good.DeepClone();
        other["promptTokens"] = -2;
        await otto.PostAsync(Path, other).ProblemAsync(HttpStatusCode.Conflict, "conflict", "id");
        await otto.PostAsync(Path, Correction((Guid)good["id"]!, promptTokens: -1)).ProblemAsync(HttpStatusCode.Conflict, "conflict", "usageId");
        Assert.Equal([2L], await bed.QueryAsync<long>("select count(*) from usage_ledger where tenant = @_tenant", new { _tenant }));
    }

    private async Task<NewEntry> BookAsync(LedgerBed bed)
    {
        var entry = LedgerBed.Answer(_tenant, new DateTime(2025, 11, 15, 10, 0, 0, DateTimeKind.Utc)) with { PromptTokens = 100 };
        await bed.Writer.AppendAsync([entry], TestContext.Current.CancellationToken);
        return entry;
    }

    private JsonObject Correction(Guid usageId, long promptTokens, string reason = "Doppelt gezählt") => new()
    {
        ["id"] = Guid.CreateVersion7(),
        ["tenant"] = _tenant,
        ["usageId"] = usageId,
        ["reason"] = reason,
        ["promptTokens"] = promptTokens,
    };
}
