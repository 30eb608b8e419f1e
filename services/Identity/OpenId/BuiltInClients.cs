using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.OpenId;

/// <summary>The platform's own clients: the gateway's browser sign-in, and on a demo the command line.</summary>
internal sealed class BuiltInClients(TenantDatabase database, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
{
    private const string Fingerprint = "fingerprint";

    /// <summary>
    /// Brings the stored clients to what this start wants; the public address may have changed since the last one. Where nothing has
    /// changed OpenIddict's store is left alone: loading it takes EF Core, 0.9 s and 30 MB that an idle service need not spend.
    /// </summary>
    public async Task AddAsync(CancellationToken cancellation)
    {
        var web = Web(options.Value.PublicUrl);
        OpenIddictApplicationDescriptor[] wanted = options.Value.DemoUsers ? [web, CommandLine()] : [web];
        foreach (var client in wanted)
            client.Properties[Fingerprint] = JsonSerializer.SerializeToElement(FingerprintOf(client));

        var stored = await StoredAsync(cancellation);
        foreach (var client in wanted.Where(client => stored.GetValueOrDefault(client.ClientId!) != FingerprintOf(client)))
            await WithStoreAsync(applications => PutAsync(applications, client, cancellation));
        foreach (var left in stored.Keys.Except(wanted.Select(client => client.ClientId!)))
            await WithStoreAsync(applications => RemoveAsync(applications, left, cancellation));
    }

    private static string FingerprintOf(OpenIddictApplicationDescriptor client)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            [.. client.Permissions.Order(), "", .. client.Requirements.Order(), "", .. client.RedirectUris, "", .. client.PostLogoutRedirectUris]))));

    /// <summary>Of the built-in clients in the database: id and fingerprint.</summary>
    private async Task<Dictionary<string, string?>> StoredAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var rows = await transaction.QueryAsync<(string ClientId, string? Fingerprint)>(
            "select client_id, properties::jsonb ->> 'fingerprint' from openiddict_applications where client_id in (@WebClient, @CommandLineClient)",
            new { OpenIdNames.WebClient, OpenIdNames.CommandLineClient }, cancellation);
        return rows.ToDictionary(row => row.ClientId, row => row.Fingerprint, StringComparer.Ordinal);
    }

    private async Task WithStoreAsync(Func<IOpenIddictApplicationManager, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>());
    }

    private static async Task PutAsync(IOpenIddictApplicationManager applications, OpenIddictApplicationDescriptor client, CancellationToken cancellation)
    {
        if (await applications.FindByClientIdAsync(client.ClientId!, cancellation) is { } known)
            await applications.UpdateAsync(known, client, cancellation);
        else
            await applications.CreateAsync(client, cancellation);
    }

    private static async Task RemoveAsync(IOpenIddictApplicationManager applications, string clientId, CancellationToken cancellation)
    {
        if (await applications.FindByClientIdAsync(clientId, cancellation) is { } known)
            await applications.DeleteAsync(known, cancellation);
    }

    private static OpenIddictApplicationDescriptor Web(Uri publicUrl) => new()
    {
        ClientId = OpenIdNames.WebClient,
        ClientType = ClientTypes.Public,
        ConsentType = ConsentTypes.Implicit,
        DisplayName = "LLMoin",
        RedirectUris = { new Uri(publicUrl, "signin-oidc") },
        PostLogoutRedirectUris = { new Uri(publicUrl, "signout-callback-oidc") },
        Permissions =
        {
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
            Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
            Permissions.Scopes.Profile, Permissions.Prefixes.Scope + OpenIdNames.ApiScope,
        },
        Requirements = { Requirements.Features.ProofKeyForCodeExchange },
    };

    private static OpenIddictApplicationDescriptor CommandLine() => new()
    {
        ClientId = OpenIdNames.CommandLineClient,
        ClientType = ClientTypes.Public,
        ConsentType = ConsentTypes.Implicit,
        DisplayName = "LLMoin command line",
        Permissions =
        {
            Permissions.Endpoints.Token, Permissions.GrantTypes.Password,
            Permissions.Scopes.Profile, Permissions.Prefixes.Scope + OpenIdNames.ApiScope,
        },
    };
}
