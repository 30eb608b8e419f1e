using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;
using LLMoin.Billing.Statements;
using LLMoin.Billing.Tariffs;

namespace LLMoin.BillingTests.Rating;

/// <summary>Worked examples, to the cent; October has 31 days.</summary>
public sealed class StatementRatingTests
{
    private static readonly Guid Tariff = Guid.CreateVersion7();
    private static readonly BillingMonth October = new(2026, 10);
    private static readonly DateOnly Before = new(2026, 1, 1);

    [Fact]
    public void Tiers_are_graduated_and_departments_bear_their_part_of_the_people()
    {
        var people = Enumerable.Range(0, 12).Select(n => new ActivePerson($"u{n}", n < 9 ? "bau" : "kita", Before)).ToList();

        var lines = Rate(Prices.Users((10, 500), (null, 300)), people: people);

        Assert.Equal([(10, 5_000), (2, 600)], lines.Select(line => (line.Quantity, line.Net.Value)));
        Assert.Equal(["Aktive Personen 1 bis 10", "Aktive Personen ab 11"], lines.Select(line => line.Description));
        Assert.Equal([("bau", "4711", 3_750), ("kita", "", 1_250)], lines[0].Shares.Select(share => (share.Department, share.CostCentre, share.Net.Value)));
        Assert.Equal([450, 150], lines[1].Shares.Select(share => share.Net.Value));
    }

    [Fact]
    public void Somebodys_first_month_is_charged_by_days()
    {
        var line = Assert.Single(Rate(Prices.Users((null, 1_000)), people: [new("u", "", new DateOnly(2026, 10, 22))]));

        // 10 of 31 days of 10 €.
        Assert.Equal((10, 31, "DAY", 323), (line.Quantity, line.BaseQuantity, line.Unit, line.Net.Value));
    }

    [Fact]
    public void Fewer_people_than_the_minimum_count_are_filled_up_into_the_tiers()
    {
        var prices = Prices.Users((2, 500), (null, 300));

        var lines = Rate(prices with { Users = prices.Users! with { MinimumCount = 5 } }, people: [new("u", "bau", Before)]);

        Assert.Equal([("Aktive Personen 1 bis 2", 1, 500), ("Mindestabnahme Personen 1 bis 2", 1, 500), ("Mindestabnahme Personen ab 3", 3, 900)],
            lines.Select(line => (line.Description, line.Quantity, line.Net.Value)));
    }

    [Fact]
    public void Trial_days_are_a_persons_and_trial_months_the_tenants()
    {
        var prices = Prices.Users((null, 3_100));
        var days = prices with { Users = prices.Users! with { TrialDays = 14 } };
        var months = prices with { Users = prices.Users! with { TrialMonths = 1, MinimumCount = 3 }, Minimum = new(10_000) };
        ActivePerson[] people = [new("new", "", new DateOnly(2026, 10, 11)), new("newer", "", new DateOnly(2026, 10, 30))];

        // 25 to 31 October: 7 days of one person at 1 € each.
        Assert.Equal((7, 700), (Rate(days, people: people).Single().Quantity, Rate(days, people: people).Single().Net.Value));
        Assert.Empty(Rate(months, people: people, from: October.FirstDay));
        Assert.Equal(10_000, Rate(months, people: people, from: October.Previous.FirstDay).Sum(line => line.Net).Value);
    }

    [Fact]
    public void A_price_change_in_mid_month_charges_each_token_at_the_price_of_its_day()
    {
        var history = new TariffHistory([new(1, Tariff, Before, null, null)],
            [new(Tariff, 1, Before, Prices.Tokens("gross", 200, 600)), new(Tariff, 2, new DateOnly(2026, 10, 16), Prices.Tokens("gross", 400, 600))]);
        DayUsage[] days = [Used(15, "bau", 1_500_000), Used(16, "bau", 1_500_000), Used(16, "kita", 500_000), Used(16, "bau", 9_000_000) with { PriceClass = "klein" }];

        var lines = StatementRating.Rate(history, new MonthUsage(October, days, []), Centres);

        Assert.Equal([(1_500_000, 200, 300), (2_000_000, 400, 800)], lines.Select(line => (line.Quantity, line.UnitPrice.Value, line.Net.Value)));
        Assert.Equal("Gelesene Tokens, Preisklasse gross (01.10.–15.10.2026)", lines[0].Description);
        Assert.Equal([600, 200], lines[1].Shares.Select(share => share.Net.Value));
    }

    [Fact]
    public void Storage_is_the_mean_of_the_days_over_the_month()
    {
        // 62 GB on 10 of 31 days: 20 GB in the mean.
        var days = Enumerable.Range(1, 10).Select(day => Used(day, "bau", 0) with { Bytes = 62_000_000_000 });

        var line = Assert.Single(Rate(Prices.Nothing with { StorageGigabyte = new(15) }, days: days));

        Assert.Equal((20_000, 1_000, "4L", 300), (line.Quantity, line.BaseQuantity, line.Unit, line.Net.Value));
    }

    [Fact]
    public void What_is_assigned_for_a_part_of_the_month_costs_that_part()
    {
        var prices = Prices.Flat(3_100) with { Minimum = new(6_200) };

        var lines = Rate(prices, from: new DateOnly(2026, 10, 22));

        Assert.Equal([("flat", 1_000), ("minimum", 1_000)], lines.Select(line => (line.Kind, line.Net.Value)));
    }

    [Fact]
    public void The_discount_is_an_allowance_of_each_line_and_the_assignments_goes_first()
    {
        var tariff = new TariffVersion(Tariff, 1, Before, Prices.Flat(999) with { DiscountBasisPoints = 100 });

        var line = Assert.Single(StatementRating.Rate(new TariffHistory([new(1, Tariff, Before, null, 250)], [tariff]), new MonthUsage(October, [], []), Centres));

        Assert.Equal((25, 974, "Rabatt 2,5 %"), (line.Allowance.Value, line.Net.Value, line.AllowanceReason));
    }

    [Fact]
    public void What_came_late_is_a_correction_at_the_price_of_its_day_and_fills_no_minimum()
    {
        var history = new TariffHistory([new(1, Tariff, Before, null, null)],
        [
            new(Tariff, 1, Before, Prices.Tokens("", 100, 100)),
            new(Tariff, 2, October.FirstDay, Prices.Tokens("", 300, 300) with { Minimum = new(500) }),
        ]);
        DayUsage[] days = [new(new DateOnly(2026, 9, 30), "bau", "", 2_000_000, -1_000_000, 0, 0), new(October.FirstDay, "bau", "", 1_000_000, 0, 0, 0)];

        var lines = StatementRating.Rate(history, new MonthUsage(October, days, []), Centres);

        Assert.Equal([("tokens", 300), ("minimum", 200), ("correction", 200), ("correction", -100)], lines.Select(line => (line.Kind, line.Net.Value)));
        Assert.Equal("Nachtrag 2026-09: Gelesene Tokens", lines[2].Description);
    }

    [Fact]
    public void A_department_whose_corrections_outweigh_its_use_is_credited_what_they_cost()
    {
        var line = Assert.Single(Rate(Prices.Tokens("", 100, 0), days: [Used(1, "bau", 5_000_000, ""), Used(1, "kita", -1_000_000, "")]));

        Assert.Equal([("bau", 500), ("kita", -100)], line.Shares.Select(share => (share.Department, share.Net.Value)));
    }

    private static readonly Dictionary<string, string> Centres = new() { ["bau"] = "4711" };

    private static IReadOnlyList<StatementLine> Rate(
        PriceList prices, IEnumerable<DayUsage>? days = null, IEnumerable<ActivePerson>? people = null, DateOnly? from = null)
        => StatementRating.Rate(new TariffHistory([new(1, Tariff, from ?? Before, null, null)], [new(Tariff, 1, Before, prices)]),
            new MonthUsage(October, [.. days ?? []], [.. people ?? []]), Centres);

    private static DayUsage Used(int day, string department, long prompt, string priceClass = "gross")
        => new(new DateOnly(2026, 10, day), department, priceClass, prompt, 0, 0, 0);
}
