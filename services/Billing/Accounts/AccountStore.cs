using System.Text.Json;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Accounts;

internal static class AccountStore
{
    /// <returns>Null where the tenant has none, or the transaction does not see it.</returns>
    public static async Task<BillingAccount?> FindAsync(TenantTransaction transaction, string tenant, CancellationToken cancellation)
        => Read(await transaction.SingleAsync<string>("select account::text from billing_accounts where tenant = @tenant", new { tenant }, cancellation));

    public static async Task<IReadOnlyList<BillingAccount>> ListAsync(TenantTransaction transaction, int limit, string? after, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync<string>(
            "select account::text from billing_accounts where @after::text is null or tenant > @after order by tenant limit @limit", new { limit, after }, cancellation);
        return [.. rows.Select(row => Read(row)!)];
    }

    /// <returns>False where somebody else's change came first.</returns>
    public static async Task<bool> SaveAsync(TenantTransaction transaction, BillingAccount account, string by, CancellationToken cancellation)
    {
        var row = new { account.Tenant, account.Version, Account = JsonSerializer.Serialize(account, JsonSerializerOptions.Web), By = by, account.UpdatedAt };
        return await transaction.ExecuteAsync(account.Version == 1
            ? "insert into billing_accounts values (@Tenant, 1, @Account::jsonb, @By, @UpdatedAt) on conflict do nothing"
            : "update billing_accounts set version = @Version, account = @Account::jsonb, updated_by = @By, updated_at = @UpdatedAt where tenant = @Tenant and version = @Version - 1",
            row, cancellation) == 1;
    }

    private static BillingAccount? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<BillingAccount>(json, JsonSerializerOptions.Web);
}
