using System.Text.Json;
using LLMoin.Contracts.Identity;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Identity.Tenants.Settings;

internal static class SettingsStore
{
    /// <summary>The settings with their version; those of a tenant that never set any are empty and have version 0.</summary>
    public static async Task<(int Version, TenantSettings Settings)> FindSettingsAsync(this TenantTransaction transaction, string tenant, CancellationToken cancellation)
        => await transaction.SingleAsync<Row>("select version, settings::text as settings from tenant_settings where tenant = @tenant", new { tenant }, cancellation) is { } row
            ? (row.Version, JsonSerializer.Deserialize<TenantSettings>(row.Settings, JsonSerializerOptions.Web)!)
            : (0, new TenantSettings());

    /// <summary>Stores the settings and announces them, within a transaction of the tenant.</summary>
    /// <param name="transaction">As tenant <paramref name="tenant"/>.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="settings">Already checked.</param>
    /// <param name="expected">The version that they change.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where somebody else has changed that version; nothing is changed then.</returns>
    public static async Task<bool> SaveSettingsAsync(
        this TenantTransaction transaction, string tenant, TenantSettings settings, int expected, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(settings, JsonSerializerOptions.Web);
        var saved = await transaction.ExecuteAsync(
            expected == 0
                ? "insert into tenant_settings (tenant, version, settings) values (@tenant, 1, @json::jsonb) on conflict do nothing"
                : "update tenant_settings set version = version + 1, settings = @json::jsonb, changed_at = now() where tenant = @tenant and version = @expected",
            new { tenant, json, expected }, cancellation);
        if (saved == 0)
            return false;
        await transaction.PublishAsync(Guid.CreateVersion7(), new TenantSettingsChanged
        {
            Tenant = tenant,
            Version = expected + 1,
            PolicyText = settings.PolicyText ?? "",
            Letterhead = settings.Letterhead,
            Imprint = settings.Imprint ?? "",
            Privacy = settings.Privacy ?? "",
            RetentionDays = settings.RetentionDays,
        }, cancellation);
        return true;
    }

    private sealed record Row(int Version, string Settings);
}
