namespace LLMoin.Billing.Money;

/// <summary>Divides an amount so that the parts add up to it again.</summary>
internal static class Shares
{
    /// <summary>
    /// Largest remainder (Hamilton's) method: each gets its exact part rounded towards zero, the cents left over go to the largest
    /// remainders, of equal ones to the first.
    /// </summary>
    /// <param name="total">Of either sign.</param>
    /// <param name="weights">None negative. All zero: the first gets everything.</param>
    /// <returns>One part for each weight; their sum is <paramref name="total"/>. Empty where there are no weights.</returns>
    public static IReadOnlyList<Cents> Of(Cents total, IReadOnlyList<long> weights)
    {
        if (weights.Count == 0)
            return [];
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }

        if (sum == 0)
            return [total, .. Enumerable.Repeat(Cents.Zero, weights.Count - 1)];
        var parts = weights.Select((weight, index) => (Index: index, Exact: Int128.DivRem((Int128)total.Value * weight, sum))).ToList();
        var amounts = parts.Select(part => (long)part.Exact.Quotient).ToArray();
        var left = total.Value - amounts.Sum();
        foreach (var (index, _) in parts.OrderByDescending(part => Int128.Abs(part.Exact.Remainder)).ThenBy(part => part.Index).Take((int)Math.Abs(left)))
            amounts[index] += Math.Sign(left);
        return [.. amounts.Select(amount => new Cents(amount))];
    }
}
