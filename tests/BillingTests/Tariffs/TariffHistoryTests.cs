using LLMoin.Billing.Months;
using LLMoin.Billing.Tariffs;
using LLMoin.BillingTests.Rating;

namespace LLMoin.BillingTests.Tariffs;

public sealed class TariffHistoryTests
{
    private static readonly Guid Tariff = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Fact]
    public void A_new_version_holds_from_its_day_on_and_leaves_the_days_before_alone()
    {
        var history = new TariffHistory([new(1, Tariff, Day(1), null, null)],
            [new(Tariff, 1, Day(1), Prices.Flat(100)), new(Tariff, 2, Day(16), Prices.Flat(200))]);

        Assert.Equal(100, history.On(Day(15))!.Prices.Flat.Value);
        Assert.Equal(200, history.On(Day(16))!.Prices.Flat.Value);
    }

    [Fact]
    public void The_assignment_that_began_last_counts_and_of_two_on_one_day_the_later()
    {
        var history = new TariffHistory(
            [new(1, Tariff, Day(1), null, null), new(2, Other, Day(10), null, null), new(3, Tariff, Day(10), Day(20), 500)],
            [new(Tariff, 1, Day(1), Prices.Flat(100)), new(Other, 1, Day(1), Prices.Flat(200))]);

        Assert.Equal((Tariff, 0), (history.On(Day(9))!.TariffId, history.On(Day(9))!.DiscountBasisPoints));
        Assert.Equal((Tariff, 500), (history.On(Day(10))!.TariffId, history.On(Day(10))!.DiscountBasisPoints));
        Assert.Null(history.On(Day(20)));
        Assert.Null(history.On(new DateOnly(2026, 9, 30)));
        Assert.Equal(new BillingMonth(2026, 10), history.FirstMonth);
    }

    private static DateOnly Day(int day) => new(2026, 10, day);
}
