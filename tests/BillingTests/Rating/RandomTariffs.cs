using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Tariffs;

namespace LLMoin.BillingTests.Rating;

/// <summary>Tariffs as no operator would think of them, from a seed.</summary>
internal sealed class RandomTariffs(Random random)
{
    public static readonly string[] Classes = ["", "klein", "gross"];

    /// <summary>Several tariffs, versions and assignments that begin around <paramref name="month"/>; now and then none at all.</summary>
    public TariffHistory Around(BillingMonth month)
    {
        var tariffs = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Guid.CreateVersion7()).ToList();
        var versions = tariffs.SelectMany(tariff => Enumerable.Range(1, random.Next(1, 4)).Select(version
            => new TariffVersion(tariff, version, version == 1 ? month.Previous.FirstDay.AddDays(-100) : Near(month), Prices())));
        var assignments = Enumerable.Range(1, random.Next(0, 4)).Select(number =>
        {
            var from = Near(month);
            return new TariffAssignment(number, tariffs[random.Next(tariffs.Count)], from, random.Next(4) == 0 ? from.AddDays(random.Next(1, 60)) : null,
                random.Next(3) == 0 ? random.Next(0, 10_001) : null);
        });
        return new TariffHistory([.. assignments], [.. versions]);
    }

    private DateOnly Near(BillingMonth month) => month.Previous.FirstDay.AddDays(random.Next(-20, month.Days + 35));

    private PriceList Prices() => new(
        random.Next(4) == 0 ? null : Users(), [.. Classes.Where(_ => random.Next(4) > 0).Select(name => new TokenPrice(name, Price(), Price()))],
        Price(), Price(), Price(), Price(), random.Next(2) * random.Next(0, 10_001), Tax.All[random.Next(Tax.All.Count)].Name);

    private UserPrices Users()
    {
        var ends = Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Next(1, 12)).Distinct().Order().Select(end => (int?)end).Append(null);
        return new UserPrices([.. ends.Select(end => new UserTier(end, Price()))], random.Next(0, 10), random.Next(3) == 0 ? random.Next(0, 3) : 0, random.Next(0, 20));
    }

    private Cents Price() => new(random.Next(3) == 0 ? 0 : random.NextInt64(1, 200_000));
}
