using LLMoin.Billing.Analytics.Durations;
using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Analytics.Reports;

namespace LLMoin.BillingTests.Analytics;

public sealed class HistogramTests
{
    [Fact]
    public void A_quantile_is_off_by_at_most_four_and_a_half_percent_whatever_was_merged()
    {
        var random = new Random(7);
        var (all, merged) = (new List<long>(), new LogHistogram());
        for (var part = 0; part < 5; part++)
            for (var i = 0; i < 4000; i++)
            {
                var milliseconds = (long)Math.Exp(random.NextDouble() * 14) + 1;
                all.Add(milliseconds);
                merged.Add(LogHistogram.BucketOf(milliseconds), 1);
            }

        all.Sort();
        foreach (var share in new[] { 0.5, 0.9, 0.95, 0.99 })
        {
            var exact = all[(int)Math.Ceiling(all.Count * share) - 1] / 1000.0;
            Assert.InRange(merged.Quantile(share, 10)!.Value / exact, 0.955, 1.046);
        }
    }

    [Fact]
    public void A_quantile_beyond_which_too_few_requests_lie_is_not_told()
    {
        var histogram = new LogHistogram();
        histogram.Add(LogHistogram.BucketOf(2000), 100);

        Assert.NotNull(histogram.Quantile(0.9, 10));
        Assert.Null(histogram.Quantile(0.95, 10));
    }

    [Fact]
    public void Only_whole_units_of_the_calendar_lie_between_two_days()
    {
        var (from, to) = (new DateOnly(2026, 10, 2), new DateOnly(2026, 12, 1));

        Assert.Equal([new Bucket(new(2026, 11, 1), new(2026, 11, 30))], Bucket.Within(Grouping.Month, from, to));
        var weeks = Bucket.Within(Grouping.Week, from, to);
        Assert.Equal((new DateOnly(2026, 10, 5), new DateOnly(2026, 11, 29), 8), (weeks[0].From, weeks[^1].To, weeks.Count));
        Assert.Equal(61, Bucket.Within(Grouping.Day, from, to).Count);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 10L)]
    [InlineData(14, 10L)]
    [InlineData(15, 20L)]
    public void People_are_counted_in_whole_groups(long people, long? told) => Assert.Equal(told, ActivePeople.Rounded(people, 10));
}
