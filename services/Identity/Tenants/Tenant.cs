using LLMoin.Contracts.Identity;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Identity.Tenants;

/// <summary>A node in the tree Land → agency or municipality → department.</summary>
internal sealed record Tenant
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>One of <see cref="TenantKinds"/>.</summary>
    public required string Kind { get; init; }

    public string? Parent { get; init; }
}

internal static class TenantKinds
{
    public const string Land = "land";
    public const string Agency = "agency";
    public const string Municipality = "municipality";
    public const string Department = "department";

    /// <summary>The tenant of those who run the platform; only made at set-up.</summary>
    public const string Operator = "operator";

    /// <summary>The kinds that can be created through the API.</summary>
    public static readonly IReadOnlyList<string> Creatable = [Land, Agency, Municipality, Department];
}

internal static class TenantStore
{
    /// <summary>
    /// Stores <paramref name="tenant"/> and announces it, in a transaction that runs as the new tenant itself.
    /// </summary>
    /// <param name="transaction">As tenant <c>tenant.Id</c>.</param>
    /// <param name="tenant">What to store.</param>
    /// <param name="parentPath">The parent's path; empty for a root.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when a tenant of that name exists; nothing is changed then.</returns>
    public static async Task<bool> CreateAsync(
        this TenantTransaction transaction, Tenant tenant, IReadOnlyList<string> parentPath, CancellationToken cancellation)
    {
        var inserted = await transaction.ExecuteAsync(
            "insert into tenants (id, display_name, kind, parent, path) values (@Id, @DisplayName, @Kind, @Parent, @Path) on conflict do nothing",
            new { tenant.Id, tenant.DisplayName, tenant.Kind, tenant.Parent, Path = parentPath.Append(tenant.Id).ToArray() }, cancellation);
        if (inserted == 0)
            return false;
        await transaction.PublishAsync(Guid.CreateVersion7(), new TenantCreated
        {
            Tenant = tenant.Id,
            DisplayName = tenant.DisplayName,
            Parent = tenant.Parent,
        }, cancellation);
        return true;
    }
}
