using LLMoin.Billing.Money;
using LLMoin.Billing.Tariffs;
using LLMoin.Contracts.Billing;

namespace LLMoin.Billing.Budgets;

/// <summary>
/// What tokens cost a tenant, for budgets of money: the tariff's prices by the token less the discount, without tax, to whole cents for a
/// million. Users, storage, pages and flat amounts are no use that a budget could refuse, and do not count.
/// </summary>
internal sealed class TokenPrices(TariffHistory history)
{
    private readonly Dictionary<(DateOnly Day, string PriceClass), TokenPriceInForce> _known = [];

    public IReadOnlyList<TokenPriceInForce> On(DateOnly day)
        => history.On(day) is { } terms ? [.. terms.Prices.Tokens.Select(price => InForce(price, terms))] : [];

    /// <returns>Millionths of a cent.</returns>
    public long Of(DateOnly day, string priceClass, long promptTokens, long completionTokens)
    {
        if (!_known.TryGetValue((day, priceClass), out var price))
        {
            var terms = history.On(day);
            price = terms?.Prices.TokensOf(priceClass) is { } found ? InForce(found, terms) : new TokenPriceInForce(priceClass, 0, 0);
            _known[(day, priceClass)] = price;
        }
        // A price for which this overflows is none that anybody pays.
        return (long)Int128.Clamp((Int128)promptTokens * price.PromptCents + (Int128)completionTokens * price.CompletionCents, long.MinValue / 4, long.MaxValue / 4);
    }

    private static TokenPriceInForce InForce(TokenPrice price, Terms terms)
        => new(price.PriceClass, Discounted(price.Prompt, terms.DiscountBasisPoints), Discounted(price.Completion, terms.DiscountBasisPoints));

    private static long Discounted(Cents price, int basisPoints) => Cents.Round((Int128)price.Value * (10_000 - basisPoints), 10_000).Value;
}
