using LLMoin.Identity.Tenants;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.Users;

/// <param name="UserId">The subject; for a machine its client's id.</param>
/// <param name="UserName">Null for a machine or somebody signed in elsewhere.</param>
/// <param name="Roles">What this request may use; fewer than the user's where an API key narrows them.</param>
/// <param name="Departments">Ids of the tenant's departments that the user works in.</param>
/// <param name="TenantPath">The tenant and those above it, the Land first; null where the tenant is not known here.</param>
/// <param name="ApiKeyId">The API key in use.</param>
internal sealed record Me(
    string UserId, string? UserName, string Name, IEnumerable<string> Roles, IEnumerable<string> Departments, string Tenant, string? TenantName,
    IReadOnlyList<string>? TenantPath, Guid? ApiKeyId);

internal static class MeEndpoint
{
    public static void MapMe(this RouteGroupBuilder api) => api.MapGet("/me", GetAsync);

    private static async Task<Ok<Me>> GetAsync(Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var tenant = await transaction.SingleAsync<Tenant>(
            "select id, display_name, kind, parent from tenants where id = @Tenant", new { caller.Tenant }, cancellation);
        var path = await transaction.SingleAsync<string[]>("select path from tenants where id = @Tenant", new { caller.Tenant }, cancellation);
        var userName = Guid.TryParse(caller.UserId, out var id)
            ? await transaction.SingleAsync<string>("select user_name from users where id = @id", new { id }, cancellation)
            : null;
        return TypedResults.Ok(new Me(
            caller.UserId, userName, caller.Name, caller.Roles.Order(StringComparer.Ordinal),
            caller.Departments.Order(StringComparer.Ordinal), caller.Tenant, tenant?.DisplayName, path, caller.ApiKeyId));
    }
}
