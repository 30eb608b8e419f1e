using System.Text.Json.Nodes;
using LLMoin.Billing.Ledger;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Analytics;

/// <summary>A tenant-admin who asks everything that there is to ask, at several times, and reckons with the answers.</summary>
public sealed class AttackTests(Servers servers)
{
    private const int Least = 10;

    private static readonly DateOnly First = AnalyticsBed.FirstOf(monthsAgo: 3);
    private static readonly DateOnly Last = AnalyticsBed.FirstOf(monthsAgo: 1).AddDays(-1);

    [Fact]
    public async Task Whoever_asks_everything_and_subtracts_learns_of_no_group_below_the_minimum()
    {
        await using var bed = await AnalyticsBed.StartAsync(servers);
        using var admin = bed.Client("adam", "tenant-admin");
        var entries = Entries(bed, new Random(20261124));
        var attacker = new Attacker(entries, Least);

        // The attack is worth its name: where each figure is only held back if it is itself about too few, it learns a lot.
        var naive = Attacker.Groups(entries).Where(group => group.Uses.Select(use => use.UserId).Distinct().Count() >= Least).Select(group => group.Uses.Sum(use => use.PromptTokens)).ToList();
        Assert.NotEmpty(attacker.Learn(naive, []));

        await bed.BookAsync(entries);
        var told = new Told();
        await AskEverythingAsync(admin, told);
        await bed.CloseAsync(First);
        await AskEverythingAsync(admin, told);
        await bed.CloseAsync(Last);
        await AskEverythingAsync(admin, told);

        Assert.True(told.Figures.Count > 150, $"Only {told.Figures.Count} figures are told: too few to attack.");
        Assert.Empty(attacker.Learn(told.Figures, told.Sums));
        Assert.All(told.People, people => Assert.True(people % Least == 0 && people > 0));
        Assert.DoesNotContain(told.Names, name => name == "exotic");

        // What is told is not only safe but right: a closed month's tokens are all there.
        var months = await admin.GetAsync($"/api/billing/analytics/tokens?from={First:yyyy-MM-dd}&to={Last:yyyy-MM-dd}&grouping=month").OkAsync();
        Assert.Equal(entries.Sum(entry => entry.PromptTokens), (long)months["total"]!["overall"]!["promptTokens"]!);
    }

    private static async Task AskEverythingAsync(HttpClient admin, Told told)
    {
        foreach (var (from, to) in new[] { (First, Last), (First.AddDays(1), Last), (First, Last.AddDays(-1)), (First.AddDays(9), First.AddDays(40)) })
            foreach (var grouping in new[] { "day", "week", "month" })
            {
                var period = $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&grouping={grouping}";
                told.Add(await admin.GetAsync("/api/billing/analytics/tokens?" + period).OkAsync());
                told.People.AddRange(Numbers((await admin.GetAsync("/api/billing/analytics/people?" + period).OkAsync())["people"]!));
                // Uses are few, so that one cannot tell by a number whose they are; that none is about too few is what can be seen.
                Assert.All(Numbers((await admin.GetAsync("/api/billing/analytics/uses?" + period).OkAsync())["total"]!["points"]!, "uses"), uses => Assert.True(uses >= Least));
            }
    }

    /// <summary>Forty people in two months: weekends with few, a model that a dozen use and one who does not belong, one that nearly nobody uses, days that all but one work.</summary>
    private static List<NewEntry> Entries(AnalyticsBed bed, Random random)
    {
        var entries = new List<NewEntry>();
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            var share = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.08 : random.NextDouble();
            for (var person = 0; person < 40; person++)
            {
                if (random.NextDouble() < share)
                    Use(person, "large", "big");
                if (random.NextDouble() < share / 2)
                    Use(person, "small", "cheap");
                if (person < 12 && random.NextDouble() < 0.9 || person == 39 && day.Day == 17)
                    Use(person, "special", "cheap");
                if (person is 3 or 5 or 7 && random.NextDouble() < 0.2)
                    Use(person, "exotic", "big");
            }

            void Use(int person, string model, string priceClass)
                => entries.Add(bed.Use($"u{person:00}", day, model: model, tokens: random.NextInt64(1L << 32, 1L << 40)) with { PriceClass = priceClass });
        }

        return entries;
    }

    private static IEnumerable<long> Numbers(JsonNode list, string? figure = null)
        => list.AsArray().Select(point => figure is null ? point : point![figure]).Where(number => number is not null).Select(number => (long)number!);

    private sealed class Told
    {
        public HashSet<long> Figures { get; } = [];

        public HashSet<long> Sums { get; } = [];

        public List<long> People { get; } = [];

        public HashSet<string?> Names { get; } = [];

        public void Add(JsonNode report)
        {
            var series = report["series"]!.AsArray().Append(report["total"]).ToList();
            foreach (var one in series)
            {
                var points = one!["points"]!.AsArray().Select(point => (long?)point!["promptTokens"] ?? 0).ToArray();
                Names.Add((string?)one["name"]);
                Figures.UnionWith(points.Append((long?)one["overall"]!["promptTokens"] ?? 0));
                // Every stretch of buckets: all days of a month, all weeks within it, the first half of it …
                for (var from = 0; from < points.Length; from++)
                    for (var (to, sum) = (from, 0L); to < points.Length && to < from + 31; to++)
                        Sums.Add(sum += points[to]);
            }

            // Every choice of series, to subtract from the total.
            var buckets = report["buckets"]!.AsArray().Count;
            for (var bucket = 0; bucket < buckets; bucket++)
                for (var choice = 1; choice < 1 << (series.Count - 1); choice++)
                    Sums.Add(series.SkipLast(1).Where((_, place) => (choice >> place & 1) == 1).Sum(one => (long?)one!["points"]![bucket]!["promptTokens"] ?? 0));
        }
    }
}
