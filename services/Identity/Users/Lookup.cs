using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Identity.Users;

internal static class Lookup
{
    /// <summary>
    /// Makes the one row visible to this transaction whose user name, key hash or client id is exactly <paramref name="value"/>; see
    /// the policies <c>lookup</c> in the first migration.
    /// </summary>
    public static Task LookUpAsync(this TenantTransaction transaction, string value, CancellationToken cancellation)
        => transaction.ExecuteAsync("select set_config('app.lookup', @value, true)", new { value }, cancellation);
}
