using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Identity;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Chat.TenantSettings;

/// <summary>What the tenants have settled, as identity last published it.</summary>
internal sealed class TenantSettingsStore(TenantDatabase database, TimeProvider clock)
{
    /// <summary>A change reaches one instance as a message and the others within this.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, TenantSettingsChanged? Settings)> _cache = new(StringComparer.Ordinal);

    /// <summary>Null for a tenant that never set any.</summary>
    public async Task<TenantSettingsChanged?> FindAsync(string tenant, CancellationToken cancellation)
    {
        if (_cache.TryGetValue(tenant, out var cached) && clock.GetUtcNow() - cached.Read < Fresh)
            return cached.Settings;
        await using var transaction = await database.BeginAsync(tenant, "", cancellation);
        var json = await transaction.SingleAsync<string>("select settings::text from tenant_settings where tenant = @tenant", new { tenant }, cancellation);
        var settings = json is null ? null : JsonSerializer.Deserialize<TenantSettingsChanged>(json, ContractJson.Web);
        _cache[tenant] = (clock.GetUtcNow(), settings);
        return settings;
    }

    /// <summary>The messages behind the tenant's policy, which stands as a system message where there is one.</summary>
    public async Task<IReadOnlyList<PromptMessage>> WithPolicyAsync(string tenant, IReadOnlyList<PromptMessage> messages, CancellationToken cancellation)
        => (await FindAsync(tenant, cancellation))?.PolicyText is { Length: > 0 } policy
            ? [new PromptMessage("system", "Vorgaben der Behörde:\n\n" + policy), .. messages]
            : messages;

    public void Forget(string tenant) => _cache.TryRemove(tenant, out _);
}
