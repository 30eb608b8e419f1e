using System.Diagnostics;
using System.Globalization;
using LLMoin.Billing.Ledger.Verification;
using LLMoin.Billing.Months;
using LLMoin.Contracts.Chat;
using LLMoin.Hosting;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Ledger.Chaos;

/// <summary>100,000 events of which a fifth are duplicates, while services, broker and connections die. LLMOIN_CHAOS_SEED repeats a run.</summary>
public sealed class ChaosTests(Servers servers)
{
    private const int FirstWave = 50_000, SecondWave = 30_000;
    private const int FirstDuplicates = 8_000, LateDuplicates = 6_000, SecondDuplicates = 6_000;

    /// <summary>How long nothing may be booked: how long all of it takes depends on the machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _seed = Environment.GetEnvironmentVariable("LLMOIN_CHAOS_SEED") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_dies_the_ledger_says_exactly_what_was_used()
    {
        Assert.SkipUnless(PrivateRabbitMq.IsInstalled, "Needs a broker to kill.");
        Console.WriteLine($"Chaos with LLMOIN_CHAOS_SEED={_seed}");
        await using var bed = await ChaosBed.StartAsync(servers);
        await using var ledger = LedgerBed.On(bed.Connection);
        var (random, oracle) = (new Random(_seed), new UsageOracle(new Random(_seed)));

        var first = oracle.Draw(FirstWave, closed: false);
        await RunAsync(bed, ledger, random, oracle.Shuffle(first.Concat(oracle.Some(first, FirstDuplicates))), FirstWave,
            bed.KillServiceAsync, () => bed.RestartBrokerAsync(killed: false), bed.KillServiceAsync);

        for (var tenant = 0; tenant < UsageOracle.Tenants; tenant += 2)
            await ledger.CloseAsync(UsageOracle.Tenant(tenant), UsageOracle.Closed.FirstDay);
        var second = oracle.Draw(SecondWave, closed: true);
        await RunAsync(bed, ledger, random,
            oracle.Shuffle(second.Concat(oracle.Some(first, LateDuplicates)).Concat(oracle.Some(second, SecondDuplicates))), FirstWave + SecondWave,
            bed.KillServiceAsync, () => bed.RestartBrokerAsync(killed: true));

        // What is still held goes back to the queue, and comes once more: before what is published then.
        await bed.KillServiceAsync();
        await new UsageFlood(bed.Messaging).PublishAsync(oracle.Draw(1, closed: true), Now);
        await UntilBookedAsync(ledger, booked => booked == FirstWave + SecondWave + 1);
        await ReadUntil.TrueAsync(async () => await bed.WaitingAsync() == 0, $"the queues are empty (seed {_seed})");
        await bed.StopServiceAsync();
        Assert.Equal(0u, await bed.WaitingAsync());
        await AssertExactAsync(ledger, oracle);
    }

    /// <summary>Publishes and hurts at once, until all is booked. A blow falls only when the one before is overcome.</summary>
    private async Task RunAsync(
        ChaosBed bed, LedgerBed ledger, Random random, IReadOnlyList<UsageRecorded> usages, long booked, params Func<Task>[] blows)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var publishing = new UsageFlood(bed.Messaging).PublishAsync(usages, Now);
        var dropping = DropAsync(bed, ledger, new Random(random.Next()), ended.Token);
        foreach (var blow in blows)
        {
            var before = await BookedAsync(ledger);
            await UntilBookedAsync(ledger, now => now > before + 5_000 || now == booked);
            await Task.Delay(random.Next(100, 500), Now);
            await blow();
        }

        await publishing;
        await UntilBookedAsync(ledger, now => now == booked);
        await ended.CancelAsync();
        await dropping;
        // The last drop may have been of the ledger's own connection.
        await BookedAsync(ledger);
    }

    private async Task UntilBookedAsync(LedgerBed ledger, Func<long, bool> isEnough)
    {
        var (booked, standing) = (await BookedAsync(ledger), Stopwatch.StartNew());
        while (!isEnough(booked))
        {
            if (standing.Elapsed > Patience)
                throw new TimeoutException($"Since {Patience.TotalSeconds} s no more than {booked} entries are booked (seed {_seed}).");
            await Task.Delay(50, Now);
            if (await BookedAsync(ledger) is var now && now > booked)
                (booked, standing) = (now, Stopwatch.StartNew());
        }
    }

    /// <summary>Between two drops something is booked: on a slow machine a batch may take longer than from one to the next.</summary>
    private static async Task DropAsync(ChaosBed bed, LedgerBed ledger, Random random, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var before = await BookedAsync(ledger);
            await bed.DropDatabaseConnectionsAsync();
            await Task.Delay(random.Next(500, 2_500), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!cancellation.IsCancellationRequested && await BookedAsync(ledger) == before)
                await Task.Delay(100, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks again where the connection was the one to be dropped.</summary>
    private static async Task<long> BookedAsync(LedgerBed ledger)
    {
        while (true)
        {
            try
            {
                return (await ledger.QueryAsync<long>("select coalesce(sum(seq), 0)::bigint from ledger_heads"))[0];
            }
            catch (Npgsql.NpgsqlException)
            {
                await Task.Delay(50, Now);
            }
        }
    }

    private async Task AssertExactAsync(LedgerBed ledger, UsageOracle oracle)
    {
        var rows = await ledger.QueryAsync<Row>(
            """
            select tenant, to_char(month, 'YYYY-MM') as month, department, user_id, price_class, count(*) as entries,
              sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens
            from usage_ledger group by tenant, month, department, user_id, price_class
            """);
        var actual = rows.ToDictionary(row => row.Position, row => row.Quantities);
        var wrong = oracle.Expected.Where(pair => actual.GetValueOrDefault(pair.Key) != pair.Value).Take(3).ToList();
        Assert.True(wrong.Count == 0 && actual.Count == oracle.Expected.Count, $"Seed {_seed}: {actual.Count} positions of {oracle.Expected.Count}, wrong: {string.Join("; ", wrong)}");
        var verifier = new LedgerVerifier(ledger.Database);
        for (var tenant = 0; tenant < UsageOracle.Tenants; tenant++)
        {
            var report = await verifier.VerifyAsync(UsageOracle.Tenant(tenant), null, Now);
            Assert.True(report.Intact, $"Seed {_seed}: {report.Tenant}: {report.Fault}");
        }
    }

    private sealed record Row(
        string Tenant, string Month, string Department, string UserId, string PriceClass, long Entries, long PromptTokens, long CompletionTokens)
    {
        public Position Position => new(Tenant, BillingMonth.TryParse(Month, out var month) ? month : default, Department, UserId, PriceClass);

        public Quantities Quantities => new(Entries, PromptTokens, CompletionTokens);
    }
}
