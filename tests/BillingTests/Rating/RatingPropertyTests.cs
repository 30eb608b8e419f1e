using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;

namespace LLMoin.BillingTests.Rating;

public sealed class RatingPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_the_tariffs_and_the_usage_lines_keep_their_formula_and_shares_add_up()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var month = new BillingMonth(2026, 2);
        var lines = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var tariffs = new RandomTariffs(random).Around(month);
            var usage = Usage(random, month);
            var statement = StatementRating.Rate(tariffs, usage, new Dictionary<string, string>());
            lines += statement.Count;
            foreach (var line in statement)
            {
                Assert.True(line.Net == Cents.Round((Int128)line.Quantity * line.UnitPrice.Value, line.BaseQuantity) - line.Allowance, $"seed {seed}, round {round}: {line}");
                Assert.True(line.Net == line.Shares.Sum(share => share.Net), $"seed {seed}, round {round}: {line}");
                Assert.True(line.Quantity < 0 || line.Allowance.Value >= 0, $"seed {seed}, round {round}: {line}");
                Assert.Equal(line.Shares.Count, line.Shares.DistinctBy(share => share.Department).Count());
            }

            // What somebody used does not depend on the order in which it was read.
            var shuffled = usage with { Days = [.. usage.Days.OrderBy(_ => random.Next())], People = [.. usage.People.OrderBy(_ => random.Next())] };
            Assert.Equal(statement.Select(line => line with { Shares = [] }).Select(line => line.ToString()),
                StatementRating.Rate(tariffs, shuffled, new Dictionary<string, string>()).Select(line => line with { Shares = [] }).Select(line => line.ToString()));
        }

        Assert.True(lines > 5_000, $"seed {seed}: only {lines} lines were tried.");
    }

    private static MonthUsage Usage(Random random, BillingMonth month)
    {
        string[] departments = ["", "bau", "kita", "soziales"];
        var days = Enumerable.Range(0, random.Next(0, 40)).Select(_ => new DayUsage(
                month.FirstDay.AddDays(random.Next(-30, month.Days)), departments[random.Next(4)], RandomTariffs.Classes[random.Next(3)],
                random.NextInt64(-1_000_000, 90_000_000), random.NextInt64(-1_000, 9_000_000), random.Next(0, 500), random.NextInt64(0, 5_000_000_000)))
            .DistinctBy(day => (day.Day, day.Department, day.PriceClass));
        var people = Enumerable.Range(0, random.Next(0, 20)).Select(n => new ActivePerson($"u{n}", departments[random.Next(4)], month.FirstDay.AddDays(random.Next(-60, month.Days))));
        return new MonthUsage(month, [.. days], [.. people]);
    }
}
