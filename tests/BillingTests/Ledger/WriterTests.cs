using LLMoin.Billing.Ledger;
using LLMoin.Billing.Months;
using LLMoin.ServiceBed;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.BillingTests.Ledger;

public sealed class WriterTests(Servers servers)
{
    private static readonly DateTime November = new(2025, 11, 15, 10, 0, 0, DateTimeKind.Utc);
    private readonly string _tenant = "w" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task The_seal_in_code_and_the_seal_in_SQL_are_the_same_bytes()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var plain = LedgerBed.Answer(_tenant, November.AddTicks(1_234_567));
        var odd = plain with
        {
            UsageId = Guid.CreateVersion7(),
            Corrects = plain.UsageId,
            Reason = "Zählfehler; 3:4 – 5:ß;😀",
            UserId = "",
            Department = "Straße;-;",
            ApiKeyId = Guid.CreateVersion7(),
            PriceClass = "groß",
            Outcome = "stopped",
            PromptTokens = -3,
            CompletionTokens = long.MinValue,
            Pages = 7,
            Bytes = long.MaxValue,
            DurationMs = 0,
            OccurredAt = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(19),
        };

        await bed.Writer.AppendAsync([plain, odd], TestContext.Current.CancellationToken);

        var unequal = await bed.QueryAsync<long>(
            """
            select seq from (
              select e.seq, e.hash, ledger_hash(coalesce(lag(e.hash) over (order by e.seq), decode(repeat('00', 32), 'hex')), e) as computed
              from usage_ledger e where tenant = @_tenant) chain
            where hash <> computed
            """, new { _tenant });
        Assert.Empty(unequal);
        Assert.Equal([1L, 2], await bed.QueryAsync<long>("select seq from usage_ledger where tenant = @_tenant order by seq", new { _tenant }));
        Assert.Equal([2L], await bed.QueryAsync<long>(
            "select h.seq from ledger_heads h join usage_ledger e using (tenant, seq, hash) where tenant = @_tenant", new { _tenant }));
    }

    [Fact]
    public async Task Batches_that_overlap_and_run_at_once_book_everything_once_and_keep_the_chains_whole()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var tenants = Enumerable.Range(0, 5).Select(n => _tenant + n).ToArray();
        var entries = Enumerable.Range(0, 400).Select(n => LedgerBed.Answer(tenants[n % 5], November.AddDays(n % 90))).ToArray();
        var random = new Random(1);

        var booked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bed.Writer.AppendAsync(
            [.. entries.Concat(entries.Take(50)).OrderBy(_ => random.Next())], TestContext.Current.CancellationToken)));

        Assert.Equal(entries.Select(entry => entry.UsageId).Order(), booked.SelectMany(batch => batch).Select(entry => entry.UsageId).Order());
        foreach (var tenant in tenants)
            Assert.Equal(Enumerable.Range(1, 80).Select(n => (long)n),
                await bed.QueryAsync<long>("select seq from usage_ledger where tenant = @tenant order by seq", new { tenant }));
    }

    [Fact]
    public async Task What_comes_late_goes_to_its_own_month_and_where_that_is_closed_to_the_first_open_one()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var cancellation = TestContext.Current.CancellationToken;
        await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant, November.AddMonths(1))], cancellation);
        // An hour before midnight in Greenwich is December in Berlin.
        var berlin = await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant, new DateTime(2025, 11, 30, 23, 0, 0, DateTimeKind.Utc))], cancellation);
        var open = await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant, November)], cancellation);

        await bed.CloseAsync(_tenant, new DateOnly(2025, 12, 1));
        var closed = await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant, November), LedgerBed.Answer(_tenant, November.AddMonths(3))], cancellation);

        Assert.Equal(new BillingMonth(2025, 12), Assert.Single(berlin).Month);
        Assert.Equal(new BillingMonth(2025, 11), Assert.Single(open).Month);
        Assert.Equal([new BillingMonth(2026, 1), new BillingMonth(2026, 2)], closed.Select(entry => entry.Month));
    }

    [Fact]
    public async Task What_no_usage_can_be_books_nothing_of_its_batch()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var good = LedgerBed.Answer(_tenant);
        foreach (var bad in new[]
                 {
                     LedgerBed.Answer(_tenant) with { PromptTokens = -1 }, LedgerBed.Answer(_tenant, DateTime.UtcNow.AddDays(2)),
                     LedgerBed.Answer(_tenant, DateTime.MinValue), LedgerBed.Answer(_tenant) with { Model = "a\0b" },
                     LedgerBed.Answer(_tenant) with { Department = new string('x', 201) }, LedgerBed.Answer(""),
                 })
            await Assert.ThrowsAsync<InvalidDataException>(() => bed.Writer.AppendAsync([good, bad], TestContext.Current.CancellationToken));

        Assert.Single(await bed.Writer.AppendAsync([good], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_projection_that_fails_takes_its_entries_with_it_and_one_that_works_sees_each_once()
    {
        var projection = new Projection();
        await using var bed = await LedgerBed.StartAsync(servers, projection);
        var (first, second) = (LedgerBed.Answer(_tenant), LedgerBed.Answer(_tenant));

        projection.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bed.Writer.AppendAsync([first, second], TestContext.Current.CancellationToken));
        projection.Fails = false;
        await bed.Writer.AppendAsync([first], TestContext.Current.CancellationToken);
        await bed.Writer.AppendAsync([first, second], TestContext.Current.CancellationToken);

        Assert.Equal([first.UsageId, second.UsageId], projection.Seen);
    }

    private sealed class Projection : ILedgerProjection
    {
        public bool Fails { get; set; }

        public List<Guid> Seen { get; } = [];

        public Task ApplyAsync(TenantTransaction transaction, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
        {
            if (Fails)
                throw new InvalidOperationException("No budget.");
            Seen.AddRange(entries.Select(entry => entry.UsageId));
            return Task.CompletedTask;
        }
    }
}
