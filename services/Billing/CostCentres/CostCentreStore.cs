using System.Text.Json;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.CostCentres;

/// <summary>Which cost centre bears a department's shares.</summary>
/// <param name="Version">0 where none was ever set.</param>
/// <param name="Centres">By the department's id.</param>
internal sealed record CostCentreMap(int Version, IReadOnlyDictionary<string, string> Centres);

/// <summary>One map a tenant, saved whole.</summary>
internal static class CostCentreStore
{
    private static readonly CostCentreMap None = new(0, new Dictionary<string, string>());

    public static async Task<CostCentreMap> FindAsync(TenantTransaction transaction, string tenant, CancellationToken cancellation)
        => await transaction.SingleAsync<Row>("select version, centres::text as centres from cost_centres where tenant = @tenant", new { tenant }, cancellation) is { } row
            ? new CostCentreMap(row.Version, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Centres)!)
            : None;

    /// <returns>False where somebody else saved since <paramref name="version"/>.</returns>
    public static async Task<bool> SaveAsync(
        TenantTransaction transaction, string tenant, int version, IReadOnlyDictionary<string, string> centres, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            """
            insert into cost_centres (tenant, version, centres) select @tenant, 1, @json::jsonb where @version = 0
            on conflict do nothing
            """, new { tenant, version, json = JsonSerializer.Serialize(centres) }, cancellation) == 1
        || await transaction.ExecuteAsync(
            "update cost_centres set version = version + 1, centres = @json::jsonb where tenant = @tenant and version = @version and @version > 0",
            new { tenant, version, json = JsonSerializer.Serialize(centres) }, cancellation) == 1;

    private sealed record Row(int Version, string Centres);
}
