using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Identity;
using LLMoin.ServiceDefaults.Database;
using MassTransit;

namespace LLMoin.Chat.TenantSettings;

/// <summary>Keeps the newest settings: an older message that comes late, or one that comes twice, changes nothing.</summary>
internal sealed class TenantSettingsConsumer(TenantDatabase database, TenantSettingsStore store) : IConsumer<TenantSettingsChanged>
{
    public async Task Consume(ConsumeContext<TenantSettingsChanged> context)
    {
        var (changed, cancellation) = (context.Message, context.CancellationToken);
        await using (var transaction = await database.BeginAsync(changed.Tenant, "", cancellation))
        {
            await transaction.ExecuteAsync(
                """
                insert into tenant_settings (tenant, version, settings) values (@Tenant, @Version, @settings::jsonb)
                on conflict (tenant) do update set version = excluded.version, settings = excluded.settings where tenant_settings.version < excluded.version
                """, new { changed.Tenant, changed.Version, settings = JsonSerializer.Serialize(changed, ContractJson.Web) }, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        store.Forget(changed.Tenant);
    }
}
