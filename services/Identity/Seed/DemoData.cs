using LLMoin.Identity.Clients;
using LLMoin.Identity.Tenants;
using LLMoin.Identity.Tenants.Settings;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Identity.Seed;

/// <param name="UserName">Under the reserved domain <c>.example</c> (RFC 2606).</param>
internal sealed record DemoUser(string Tenant, string UserName, string Name, params string[] Roles);

/// <summary>Tenants, people and machines to try LLMoin with. Their passwords are known to everybody.</summary>
internal sealed class DemoData(TenantDatabase database, UserDirectory users, MachineClients machines, TimeProvider clock)
{
    public const string Password = "llmoin-demo";
    public const string MachineSecret = "llmoin-demo-secret";

    /// <summary>Parents before their children.</summary>
    private static readonly Tenant[] Tenants =
    [
        new() { Id = "hamburg", DisplayName = "Freie und Hansestadt Hamburg", Kind = TenantKinds.Land },
        new() { Id = "bremen", DisplayName = "Freie Hansestadt Bremen", Kind = TenantKinds.Land },
        new() { Id = "niedersachsen", DisplayName = "Land Niedersachsen", Kind = TenantKinds.Land },
        new() { Id = "gemeinde-musterdorf", DisplayName = "Gemeinde Musterdorf", Kind = TenantKinds.Municipality, Parent = "niedersachsen" },
        new() { Id = "betrieb", DisplayName = "Betrieb der Plattform", Kind = TenantKinds.Operator },
    ];

    public static readonly IReadOnlyList<DemoUser> Users =
    [
        new("hamburg", "anna@hamburg.example", "Anna Albers", Roles.User),
        new("hamburg", "ben@hamburg.example", "Ben Brandt", Roles.User, Roles.TenantAdmin),
        new("hamburg", "hanna@hamburg.example", "Hanna Harms", Roles.User, Roles.SourceManager, Roles.PromptEditor),
        new("bremen", "clara@bremen.example", "Clara Claasen", Roles.User),
        new("bremen", "dirk@bremen.example", "Dirk Dierks", Roles.User, Roles.TenantAdmin, Roles.Auditor),
        new("gemeinde-musterdorf", "emil@musterdorf.example", "Emil Ehlers", Roles.User),
        new("gemeinde-musterdorf", "fina@musterdorf.example", "Fina Focken", Roles.User, Roles.TenantAdmin, Roles.PromptEditor, Roles.PromptApprover),
        new("betrieb", "olga@betrieb.example", "Olga Ohlsen", Roles.Operator),
    ];

    /// <summary>Adds what is missing; what exists stays as it was left.</summary>
    public async Task AddAsync(CancellationToken cancellation)
    {
        foreach (var tenant in Tenants)
        {
            await AddTenantAsync(tenant, cancellation);
            if (tenant.Kind == TenantKinds.Operator)
                continue;
            await AddMachineAsync(tenant, cancellation);
            await AddSettingsAsync(tenant, cancellation);
        }
    }

    private async Task AddTenantAsync(Tenant tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant.Id, "", cancellation);
        if (!await transaction.CreateAsync(tenant, tenant.Parent is { } parent ? [parent] : [], cancellation))
            return;
        foreach (var user in Users.Where(user => user.Tenant == tenant.Id))
            await users.CreateAsync(transaction, tenant.Id, new NewUser(user.UserName, user.Name, user.Roles, Password), cancellation, demo: true);
        await transaction.CommitAsync(cancellation);
    }

    private async Task AddSettingsAsync(Tenant tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant.Id, "", cancellation);
        if (await transaction.SaveSettingsAsync(tenant.Id, DemoSettings.Of(tenant), expected: 0, cancellation))
            await transaction.CommitAsync(cancellation);
    }

    private async Task AddMachineAsync(Tenant tenant, CancellationToken cancellation)
    {
        var clientId = tenant.Id + "-fachverfahren";
        if (await machines.FindAsync(clientId, cancellation) is not null)
            return;
        await machines.CreateAsync(new MachineClient
        {
            Id = Guid.CreateVersion7(),
            Tenant = tenant.Id,
            ClientId = clientId,
            Name = "Fachverfahren",
            Roles = [Roles.User],
            Demo = true,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        }, MachineSecret, cancellation);
    }
}
