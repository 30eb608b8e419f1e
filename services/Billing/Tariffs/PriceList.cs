using LLMoin.Billing.Money;

namespace LLMoin.Billing.Tariffs;

/// <summary>What a tariff's version charges; components that are absent cost nothing. Stored as JSON and never changed.</summary>
/// <param name="Users">For active people; null: none.</param>
/// <param name="Tokens">By price class, each once; tokens of a class that is not named cost nothing.</param>
/// <param name="ThousandPages">For 1,000 pages read in.</param>
/// <param name="StorageGigabyte">For 10⁹ bytes kept a month.</param>
/// <param name="Flat">A month.</param>
/// <param name="Minimum">A month, for everything together; what is missing is added.</param>
/// <param name="DiscountBasisPoints">Hundredths of a percent, off every line but the minimum's.</param>
/// <param name="Tax">Name of a <see cref="Money.Tax"/>.</param>
internal sealed record PriceList(
    UserPrices? Users, IReadOnlyList<TokenPrice> Tokens, Cents ThousandPages, Cents StorageGigabyte, Cents Flat, Cents Minimum, int DiscountBasisPoints, string Tax)
{
    public Tax VatRate => Money.Tax.Named(Tax) ?? throw new InvalidOperationException("A stored tariff names no tax.");

    public TokenPrice? TokensOf(string priceClass) => Tokens.FirstOrDefault(price => price.PriceClass == priceClass);
}

/// <summary>What active people cost a month.</summary>
/// <param name="Tiers">Graduated: each price holds for the people of its tier alone. In ascending order, the last without an end.</param>
/// <param name="MinimumCount">Fewest people that are charged.</param>
/// <param name="TrialMonths">As many calendar months from the tenant's first with a tariff on, people cost nothing and no minimum holds.</param>
/// <param name="TrialDays">As many days from somebody's first use on, that person costs nothing.</param>
internal sealed record UserPrices(IReadOnlyList<UserTier> Tiers, int MinimumCount, int TrialMonths, int TrialDays);

/// <param name="UpTo">The last person of the tier, counted from 1; null: no end.</param>
/// <param name="Price">For one person and month.</param>
internal sealed record UserTier(int? UpTo, Cents Price);

/// <param name="PriceClass">The model's; empty for models without one.</param>
/// <param name="Prompt">For 1,000,000 tokens read in.</param>
/// <param name="Completion">For 1,000,000 tokens generated.</param>
internal sealed record TokenPrice(string PriceClass, Cents Prompt, Cents Completion)
{
    public const long Base = 1_000_000;
}
