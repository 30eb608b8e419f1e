using System.Globalization;
using LLMoin.Billing.Money;
using LLMoin.Billing.Statements;
using LLMoin.Billing.Tariffs;

namespace LLMoin.Billing.Rating;

/// <summary>A line before discount and rounding.</summary>
/// <param name="Kind">See <see cref="StatementLine"/>, as for all but the last.</param>
/// <param name="Description">For the customer, in German.</param>
/// <param name="Quantity">How many of the unit.</param>
/// <param name="BaseQuantity">How many the price is for.</param>
/// <param name="Unit">UN/ECE Recommendation 20.</param>
/// <param name="UnitPrice">For the base quantity.</param>
/// <param name="Weights">By department: in which proportion they bear it.</param>
internal sealed record Position(
    string Kind, string Description, long Quantity, long BaseQuantity, string Unit, Cents UnitPrice, IReadOnlyDictionary<string, long> Weights)
{
    public bool IsCharged => Quantity != 0 && UnitPrice.Value != 0;

    /// <param name="tax">How it is taxed.</param>
    /// <param name="discount">Hundredths of a percent.</param>
    /// <param name="centres">The departments' cost centres.</param>
    public StatementLine ToLine(Tax tax, int discount, IReadOnlyDictionary<string, string> centres)
    {
        var gross = Cents.Round((Int128)Quantity * UnitPrice.Value, BaseQuantity);
        var allowance = Allowance(gross, discount);
        var net = gross - allowance;
        var shares = DepartmentShares.Of(net, Weights, weight => Worth(weight) - Allowance(Worth(weight), discount));
        return new StatementLine(
            Kind, Description, Quantity, BaseQuantity, Unit, UnitPrice, allowance, allowance == Cents.Zero ? "" : Reason(discount), net, tax,
            [.. shares.Select(share => new CostShare(share.Department, centres.GetValueOrDefault(share.Department, ""), share.Net))]);
    }

    public StatementLine ToLine(Terms terms, IReadOnlyDictionary<string, string> centres) => ToLine(terms.Prices.VatRate, terms.DiscountBasisPoints, centres);

    /// <summary>What of the line before discount falls to <paramref name="weight"/>; not asked where the weights add up to zero, as nothing is charged then.</summary>
    private Cents Worth(long weight)
    {
        var total = Weights.Values.Sum();
        return Cents.Round((Int128)weight * Quantity * UnitPrice.Value * Math.Sign(total), (Int128)Math.Abs(total) * BaseQuantity);
    }

    private static Cents Allowance(Cents gross, int discount) => Cents.Round((Int128)gross.Value * discount, 10_000);

    private static string Reason(int discount) => string.Create(CultureInfo.GetCultureInfo("de-DE"), $"Rabatt {discount / 100m:0.##} %");
}
