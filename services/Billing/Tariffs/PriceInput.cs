using System.Text.RegularExpressions;
using LLMoin.Billing.Money;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Tariffs;

/// <summary>A price list as an operator sends it: amounts in cents; see <see cref="PriceList"/>. Checked before any of it is stored.</summary>
internal sealed partial record PriceInput
{
    private const long HighestPrice = 1_000_000_000_00;
    private const int MostTiers = 20;
    private const int MostPriceClasses = 100;

    public UserPrices? Users { get; init; }

    public IReadOnlyList<TokenPrice>? Tokens { get; init; }

    public Cents ThousandPages { get; init; }

    public Cents StorageGigabyte { get; init; }

    public Cents Flat { get; init; }

    public Cents Minimum { get; init; }

    public int DiscountBasisPoints { get; init; }

    public string? Tax { get; init; }

    public PriceList ToPrices()
        => new(Users, Tokens ?? [], ThousandPages, StorageGigabyte, Flat, Minimum, DiscountBasisPoints, Tax ?? Money.Tax.Standard.Name);

    /// <returns>Null, or the first field that is not as it should be.</returns>
    public ProblemResult? Check()
    {
        foreach (var (name, price) in new[] { ("thousandPages", ThousandPages), ("storageGigabyte", StorageGigabyte), ("flat", Flat), ("minimum", Minimum) })
        {
            if (!IsPrice(price)) return PriceWrong($"prices.{name}");
        }

        if (DiscountBasisPoints is < 0 or > 10_000)
            return Wrong("prices.discountBasisPoints", "0 to 10000 hundredths of a percent", "0 bis 10000 Hundertstel Prozent");
        if (Money.Tax.Named(Tax ?? Money.Tax.Standard.Name) is null)
        {
            var names = string.Join(", ", Money.Tax.All.Select(tax => tax.Name));
            return Wrong("prices.tax", "one of " + names, "eines von " + names);
        }

        return CheckTokens() ?? CheckUsers();
    }

    private ProblemResult? CheckTokens()
    {
        var tokens = Tokens ?? [];
        if (tokens.Count > MostPriceClasses || tokens.DistinctBy(price => price.PriceClass).Count() < tokens.Count)
            return Wrong("prices.tokens", $"at most {MostPriceClasses} price classes, each once", $"höchstens {MostPriceClasses} Preisklassen, jede einmal");
        if (tokens.Any(price => !ClassName().IsMatch(price.PriceClass)))
            return Wrong("prices.tokens.priceClass", "at most 60 letters, digits and . _ -", "höchstens 60 Buchstaben, Ziffern und . _ -");
        return tokens.All(price => IsPrice(price.Prompt) && IsPrice(price.Completion)) ? null : PriceWrong("prices.tokens");
    }

    private ProblemResult? CheckUsers()
    {
        if (Users is null)
            return null;
        var ends = Users.Tiers.Select(tier => tier.UpTo).ToList();
        var ascending = ends.Count is >= 1 and <= MostTiers && ends[^1] is null && ends.SkipLast(1).All(end => end > 0)
            && ends.SkipLast(1).Zip(ends.Skip(1).SkipLast(1)).All(pair => pair.First < pair.Second);
        if (!ascending)
            return Wrong("prices.users.tiers", $"1 to {MostTiers}, upTo ascending and absent in the last alone", $"1 bis {MostTiers}, upTo steigt und fehlt nur in der letzten");
        if (!Users.Tiers.All(tier => IsPrice(tier.Price)))
            return PriceWrong("prices.users.tiers.price");
        if (Users.MinimumCount is < 0 or > 10_000_000)
            return Wrong("prices.users.minimumCount", "0 to 10000000", "0 bis 10000000");
        if (Users.TrialMonths is < 0 or > 120)
            return Wrong("prices.users.trialMonths", "0 to 120", "0 bis 120");
        return Users.TrialDays is < 0 or > 366 ? Wrong("prices.users.trialDays", "0 to 366", "0 bis 366") : null;
    }

    private static bool IsPrice(Cents price) => price.Value is >= 0 and <= HighestPrice;

    private static ProblemResult PriceWrong(string field)
        => Wrong(field, $"a price in cents, 0 to {HighestPrice}", $"ein Preis in Cent, 0 bis {HighestPrice}");

    private static ProblemResult Wrong(string field, string expected, string erwartet)
        => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field, $"{field}: {erwartet}.");

    [GeneratedRegex("^[A-Za-z0-9._-]{0,60}$", RegexOptions.None, 100)]
    private static partial Regex ClassName();
}
