using LLMoin.Billing.Months;

namespace LLMoin.Billing.Tariffs;

/// <param name="TariffId">Of which tariff.</param>
/// <param name="Version">From 1.</param>
/// <param name="ValidFrom">The first day of its prices.</param>
/// <param name="Prices">Never changed.</param>
internal sealed record TariffVersion(Guid TariffId, int Version, DateOnly ValidFrom, PriceList Prices);

/// <param name="Number">The tenant's assignments, in the order in which they were made; of two for the same day the later counts.</param>
/// <param name="TariffId">The tariff.</param>
/// <param name="From">First day.</param>
/// <param name="Until">The first day it no longer holds; null: until another begins.</param>
/// <param name="DiscountBasisPoints">In place of the tariff's; null: that.</param>
internal sealed record TariffAssignment(int Number, Guid TariffId, DateOnly From, DateOnly? Until, int? DiscountBasisPoints);

/// <summary>What is charged on a day.</summary>
/// <param name="TariffId">By which tariff.</param>
/// <param name="Version">By which of its versions.</param>
/// <param name="Prices">That version's.</param>
/// <param name="DiscountBasisPoints">Hundredths of a percent.</param>
internal sealed record Terms(Guid TariffId, int Version, PriceList Prices, int DiscountBasisPoints)
{
    public bool Same(Terms? other)
        => other is not null && other.TariffId == TariffId && other.Version == Version && other.DiscountBasisPoints == DiscountBasisPoints;
}

/// <summary>Everything a tenant was ever charged by, and what is planned. Pure: the same history gives the same terms for a day.</summary>
internal sealed class TariffHistory(IEnumerable<TariffAssignment> assignments, IEnumerable<TariffVersion> versions)
{
    private readonly IReadOnlyList<TariffAssignment> _assignments = [.. assignments.OrderByDescending(one => one.From).ThenByDescending(one => one.Number)];

    private readonly ILookup<Guid, TariffVersion> _versions =
        versions.OrderByDescending(one => one.ValidFrom).ThenByDescending(one => one.Version).ToLookup(one => one.TariffId);

    public static TariffHistory None { get; } = new([], []);

    public bool IsEmpty => _assignments.Count == 0;

    /// <summary>The month in which the tenant first had a tariff: trial months count from it.</summary>
    public BillingMonth? FirstMonth => IsEmpty ? null : BillingMonth.Of(_assignments[^1].From);

    /// <summary>The assignment that began last decides; one that has ended leaves the day without a tariff.</summary>
    /// <returns>Null: nothing is charged that day.</returns>
    public Terms? On(DateOnly day)
    {
        var assigned = _assignments.FirstOrDefault(one => one.From <= day);
        if (assigned is null || assigned.Until <= day)
            return null;
        var version = _versions[assigned.TariffId].FirstOrDefault(one => one.ValidFrom <= day);
        return version is null ? null : new Terms(version.TariffId, version.Version, version.Prices, assigned.DiscountBasisPoints ?? version.Prices.DiscountBasisPoints);
    }
}
