using LLMoin.Billing.Money;

namespace LLMoin.Billing.Rating;

/// <summary>Who in the tenant bears a line: in proportion to what each department used, to the cent.</summary>
internal static class DepartmentShares
{
    /// <param name="net">To divide.</param>
    /// <param name="weights">By department. Negative for one whose corrections outweigh its uses: it is credited what those would cost.</param>
    /// <param name="worth">What a quantity of the line costs.</param>
    /// <returns>By department id; the sum is <paramref name="net"/>. Without any use nobody's, i.e. the empty department's.</returns>
    public static IReadOnlyList<(string Department, Cents Net)> Of(Cents net, IReadOnlyDictionary<string, long> weights, Func<long, Cents> worth)
    {
        var used = weights.Where(weight => weight.Value > 0).OrderBy(weight => weight.Key, StringComparer.Ordinal).ToList();
        var given = weights.Where(weight => weight.Value < 0).OrderBy(weight => weight.Key, StringComparer.Ordinal).ToList();
        var charge = given.Count == 0 ? net : used.Count == 0 ? Cents.Zero : worth(used.Sum(weight => weight.Value));
        IReadOnlyList<(string, Cents)> shares =
        [
            .. used.Zip(Shares.Of(charge, [.. used.Select(weight => weight.Value)]), (weight, part) => (weight.Key, part)),
            .. given.Zip(Shares.Of(net - charge, [.. given.Select(weight => -weight.Value)]), (weight, part) => (weight.Key, part)),
        ];
        return shares.Count == 0 ? [("", net)] : shares;
    }
}
