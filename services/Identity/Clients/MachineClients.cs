using System.Security.Cryptography;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.Clients;

/// <summary>
/// Machines of a tenant that sign in with client credentials. Two stores hold one: OpenIddict's application its hashed secret, our
/// row its tenant and roles. The row decides: it is written last and deleted first, so that a crash in between opens nothing.
/// </summary>
internal sealed class MachineClients(TenantDatabase database, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string NewSecret() => RandomNumberGenerator.GetString(Base62, 43);

    /// <summary>By client id, before any tenant is known.</summary>
    public async Task<Subject?> FindAsync(string clientId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.LookUpAsync(clientId, cancellation);
        return Active(await transaction.SingleAsync<MachineClient>(
            $"select {MachineClient.Columns} from machine_clients where client_id = @clientId", new { clientId }, cancellation));
    }

    public async Task<Subject?> FindAsync(string tenant, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, id.ToString(), cancellation);
        return Active(await transaction.SingleAsync<MachineClient>(
            $"select {MachineClient.Columns} from machine_clients where id = @id", new { id }, cancellation));
    }

    /// <summary>Stores the client; a client id that exists keeps its secret and roles.</summary>
    public async Task CreateAsync(MachineClient client, string secret, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(client.ClientId, cancellation) is null)
        {
            await applications.CreateAsync(new OpenIddictApplicationDescriptor
            {
                ClientId = client.ClientId,
                ClientSecret = secret,
                ClientType = ClientTypes.Confidential,
                DisplayName = client.Name,
                Permissions =
                {
                    Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials,
                    Permissions.Prefixes.Scope + OpenId.OpenIdNames.ApiScope,
                },
            }, cancellation);
        }

        await using var transaction = await database.BeginAsync(client.Tenant, client.Id.ToString(), cancellation);
        await transaction.ExecuteAsync(
            """
            insert into machine_clients (id, tenant, client_id, name, roles, demo, created_at)
            values (@Id, @Tenant, @ClientId, @Name, @Roles, @Demo, @CreatedAt) on conflict do nothing
            """, client, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <returns>False when the tenant has no such client.</returns>
    public async Task<bool> DeleteAsync(string tenant, string user, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, user, cancellation);
        var clientId = await transaction.SingleAsync<string>(
            "delete from machine_clients where id = @id returning client_id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        if (clientId is null)
            return false;

        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(clientId, cancellation) is { } application)
            await applications.DeleteAsync(application, cancellation);
        return true;
    }

    private Subject? Active(MachineClient? client)
        => client is null || (client.Demo && !options.Value.DemoUsers) ? null : new Subject(client.Id, client.Tenant, client.Name, client.Roles, []);
}
