using LLMoin.Billing.Money;
using LLMoin.Billing.Tariffs;

namespace LLMoin.Billing.Rating;

/// <summary>What was metered: tokens by price class, pages, storage.</summary>
internal static class MeteredPositions
{
    private const long MegabyteBytes = 1_000_000;

    /// <param name="segment">At its prices.</param>
    /// <param name="days">Of any days; those of the segment count.</param>
    public static IEnumerable<Position> Of(Segment segment, IReadOnlyList<DayUsage> days)
    {
        var (prices, used) = (segment.Terms.Prices, days.Where(usage => segment.Contains(usage.Day)).ToList());
        foreach (var price in prices.Tokens)
        {
            var ofClass = used.Where(usage => usage.PriceClass == price.PriceClass).ToList();
            var name = price.PriceClass.Length == 0 ? "" : $", Preisklasse {price.PriceClass}";
            yield return Position("tokens", $"Gelesene Tokens{name}", TokenPrice.Base, Units.One, price.Prompt, ofClass, usage => usage.PromptTokens);
            yield return Position("tokens", $"Erzeugte Tokens{name}", TokenPrice.Base, Units.One, price.Completion, ofClass, usage => usage.CompletionTokens);
        }

        yield return Position("pages", "Eingelesene Seiten", 1_000, Units.One, prices.ThousandPages, used, usage => usage.Pages);
        yield return Storage(segment, used);

        Position Position(string kind, string text, long basis, string unit, Cents price, IReadOnlyList<DayUsage> usages, Func<DayUsage, long> quantity)
        {
            var weights = Weights(usages, quantity);
            return new Position(kind, text + segment.Period, weights.Values.Sum(), basis, unit, price, weights);
        }
    }

    /// <summary>
    /// The mean of the days' values over the days of the month, in whole megabytes: a day that nobody reported counts as nothing, and so do the days
    /// outside the segment, which makes its part of the month.
    /// </summary>
    private static Position Storage(Segment segment, IReadOnlyList<DayUsage> used)
    {
        var weights = Weights(used, usage => usage.Bytes);
        Int128 bytes = 0;
        foreach (var weight in weights.Values)
            bytes += weight;
        var mean = Cents.Round(bytes, (Int128)MegabyteBytes * segment.Month.Days).Value;
        return new Position("storage", $"Speicher in Megabyte, Mittel der Tageswerte{segment.Period}", mean, 1_000, Units.Megabyte, segment.Terms.Prices.StorageGigabyte,
            weights);
    }

    private static Dictionary<string, long> Weights(IReadOnlyList<DayUsage> usages, Func<DayUsage, long> quantity)
        => usages.GroupBy(usage => usage.Department, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(quantity), StringComparer.Ordinal);
}
