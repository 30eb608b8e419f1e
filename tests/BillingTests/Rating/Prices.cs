using LLMoin.Billing.Money;
using LLMoin.Billing.Tariffs;

namespace LLMoin.BillingTests.Rating;

/// <summary>Price lists that charge one thing alone.</summary>
internal static class Prices
{
    public static readonly PriceList Nothing = new(null, [], Cents.Zero, Cents.Zero, Cents.Zero, Cents.Zero, 0, "standard");

    public static PriceList Flat(long cents) => Nothing with { Flat = new(cents) };

    public static PriceList Users(params (int? UpTo, long Cents)[] tiers)
        => Nothing with { Users = new UserPrices([.. tiers.Select(tier => new UserTier(tier.UpTo, new(tier.Cents)))], 0, 0, 0) };

    public static PriceList Tokens(string priceClass, long prompt, long completion)
        => Nothing with { Tokens = [new TokenPrice(priceClass, new(prompt), new(completion))] };
}
