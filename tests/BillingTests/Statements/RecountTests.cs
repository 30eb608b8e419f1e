using LLMoin.Billing.Days;
using LLMoin.Billing.Ledger;
using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;
using LLMoin.BillingTests.Ledger;
using LLMoin.BillingTests.Rating;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.BillingTests.Statements;

public sealed class RecountTests(Servers servers, ITestOutputHelper output)
{
    private static readonly BillingMonth September = new(2025, 9);
    private readonly string _tenant = "r" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task The_days_sums_and_the_ledger_counted_anew_give_the_same_statement()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var cancellation = TestContext.Current.CancellationToken;
        await using var bed = await LedgerBed.StartAsync(servers);
        // Replicas beside the service's own.
        using var replica = new DayProjector(bed.Database, ClosingBed.Calendar, TimeProvider.System, NullLogger<DayProjector>.Instance);
        var booked = new List<LedgerEntry>();
        for (var batch = 0; batch < 12; batch++)
        {
            if (batch == 8)
                await bed.CloseAsync(_tenant, September.FirstDay);
            booked.AddRange(await bed.Writer.AppendAsync([.. Enumerable.Range(0, 60).Select(_ => Entry(random, booked))], cancellation));
            await Task.WhenAll(replica.CatchUpAsync(cancellation), replica.CatchUpAsync(cancellation));
        }

        await ClosingBed.CaughtUpAsync(bed, _tenant);
        Assert.Contains(booked, entry => entry.Month == September.Next && BillingMonth.Of(DateOnly.FromDateTime(entry.OccurredAt)) == September);
        foreach (var month in new[] { September.Previous, September, September.Next })
        {
            await using var transaction = await bed.Database.BeginForAllAsync(cancellation);
            var recounted = await UsageReader.RecountAsync(transaction, _tenant, month, ClosingBed.Calendar.TimeZone, cancellation);
            var projected = await UsageReader.ProjectedAsync(transaction, _tenant, month, cancellation);

            Assert.Equal(recounted.Days, projected.Days);
            Assert.Equal(recounted.People, projected.People);
            Assert.Equal(booked.Where(entry => entry.Month == month && entry.Outcome != "failed").Sum(entry => entry.PromptTokens), recounted.Days.Sum(day => day.PromptTokens));
            Assert.Equal(Active(booked, month), recounted.People.Select(person => (person.UserId, person.FirstDay)));
            for (var tariff = 0; tariff < 50; tariff++)
            {
                var history = new RandomTariffs(random).Around(month);
                var (one, other) = (StatementRating.Rate(history, recounted, Centres), StatementRating.Rate(history, projected, Centres));
                Assert.Equal(one.Select(line => line with { Shares = [] }), other.Select(line => line with { Shares = [] }));
                Assert.Equal(one.SelectMany(line => line.Shares), other.SelectMany(line => line.Shares));
            }
        }
    }

    private static readonly Dictionary<string, string> Centres = new() { ["bau"] = "4711" };

    /// <summary>The same by other means: from the entries as they were handed over.</summary>
    private static IEnumerable<(string, DateOnly)> Active(IReadOnlyList<LedgerEntry> booked, BillingMonth month)
    {
        var uses = booked.Where(entry => entry is { Kind: "answer" or "embedding" or "rerank", Corrects: null, Outcome: not "failed" } && entry.Month <= month).ToList();
        return uses.Where(entry => entry.Month == month && BillingMonth.Of(Day(entry)) == month).Select(entry => entry.UserId).Distinct().Order(StringComparer.Ordinal)
            .Select(user => (user, uses.Where(entry => entry.UserId == user).Min(Day)));
    }

    private static DateOnly Day(LedgerEntry entry)
        => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(entry.OccurredAt, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    private NewEntry Entry(Random random, IReadOnlyList<LedgerEntry> booked)
    {
        string[] kinds = ["answer", "answer", "answer", "embedding", "rerank", "ingestion", "storage"];
        string[] outcomes = ["completed", "completed", "stopped", "failed"];
        string[] departments = ["", "bau", "kita"];
        var kind = kinds[random.Next(kinds.Length)];
        var corrected = booked.Count > 0 && random.Next(10) == 0 ? booked[random.Next(booked.Count)] : null;
        var sign = corrected is null ? 1 : -1;
        return LedgerBed.Answer(_tenant, September.Previous.FirstDay.ToDateTime(new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks)), DateTimeKind.Utc).AddDays(random.Next(0, 91))) with
        {
            Kind = kind,
            UserId = kind == "storage" ? "" : $"u{random.Next(12)}",
            Corrects = corrected?.UsageId,
            Reason = corrected is null ? null : "Zählfehler",
            Department = departments[random.Next(3)],
            PriceClass = RandomTariffs.Classes[random.Next(3)],
            Outcome = outcomes[random.Next(4)],
            PromptTokens = sign * random.Next(0, 5_000_000),
            CompletionTokens = sign * random.Next(0, 1_000_000),
            Pages = kind == "ingestion" ? sign * random.Next(0, 100) : 0,
            Bytes = kind == "storage" ? sign * random.NextInt64(0, 50_000_000_000) : 0,
        };
    }
}
