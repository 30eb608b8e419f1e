using System.Text.Json;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Tariffs;

/// <summary>Tariffs and assignments in the database; see <c>005_tariffs.sql</c>.</summary>
internal static class TariffStore
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>The tenant's tariffs, whole: few rows, read once and asked for any number of days.</summary>
    /// <param name="transaction">Sees the tenant.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TariffHistory> HistoryAsync(TenantTransaction transaction, string tenant, CancellationToken cancellation)
    {
        var assignments = await transaction.QueryAsync<AssignmentRow>(
            "select number, tariff_id, from_day, until_day, discount_basis_points from tariff_assignments where tenant = @tenant", new { tenant }, cancellation);
        if (assignments.Count == 0)
            return TariffHistory.None;
        var versions = await transaction.QueryAsync<VersionRow>(
            "select tariff_id, version, valid_from, prices::text as prices from tariff_versions where tariff_id = any (@ids)",
            new { ids = assignments.Select(row => row.TariffId).Distinct().ToArray() }, cancellation);
        return new TariffHistory(assignments.Select(row => row.Assignment), versions.Select(row => row.ToVersion()));
    }

    /// <summary>What a million tokens of <paramref name="priceClass"/> cost the tenant on a day.</summary>
    /// <returns>Null: nothing. The discount is in hundredths of a percent.</returns>
    public static async Task<(TokenPrice Price, int DiscountBasisPoints)?> TokenPriceAsync(
        TenantTransaction transaction, string tenant, DateOnly day, string priceClass, CancellationToken cancellation)
    {
        var terms = (await HistoryAsync(transaction, tenant, cancellation)).On(day);
        return terms?.Prices.TokensOf(priceClass) is { } price ? (price, terms.DiscountBasisPoints) : null;
    }

    public static async Task<IReadOnlyList<TariffVersion>> VersionsAsync(TenantTransaction transaction, Guid tariff, CancellationToken cancellation)
        => [.. (await transaction.QueryAsync<VersionRow>(
            "select tariff_id, version, valid_from, prices::text as prices from tariff_versions where tariff_id = @tariff order by version desc",
            new { tariff }, cancellation)).Select(row => row.ToVersion())];

    /// <returns>False where somebody else added this version first.</returns>
    public static async Task<bool> AddVersionAsync(TenantTransaction transaction, TariffVersion version, string by, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            """
            insert into tariff_versions (tariff_id, version, valid_from, prices, created_by) values (@TariffId, @Version, @ValidFrom, @prices::jsonb, @by)
            on conflict do nothing
            """,
            new { version.TariffId, version.Version, version.ValidFrom, prices = JsonSerializer.Serialize(version.Prices, Json), by }, cancellation) == 1;

    private sealed class AssignmentRow
    {
        public int Number { get; init; }

        public Guid TariffId { get; init; }

        public DateOnly FromDay { get; init; }

        public DateOnly? UntilDay { get; init; }

        public int? DiscountBasisPoints { get; init; }

        public TariffAssignment Assignment => new(Number, TariffId, FromDay, UntilDay, DiscountBasisPoints);
    }

    private sealed class VersionRow
    {
        public Guid TariffId { get; init; }

        public int Version { get; init; }

        public DateOnly ValidFrom { get; init; }

        public string Prices { get; init; } = "";

        public TariffVersion ToVersion() => new(TariffId, Version, ValidFrom, JsonSerializer.Deserialize<PriceList>(Prices, Json)!);
    }
}
