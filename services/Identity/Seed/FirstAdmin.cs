using LLMoin.Identity.Tenants;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;

namespace LLMoin.Identity.Seed;

/// <summary>
/// The first tenant and user of a real installation. That user is operator too, as only an operator makes tenants and operators.
/// </summary>
internal sealed partial class FirstAdmin(TenantDatabase database, UserDirectory users, IOptions<IdentityOptions> options, ILogger<FirstAdmin> logger)
{
    public async Task AddAsync(CancellationToken cancellation)
    {
        var admin = options.Value.FirstAdmin;
        if (admin is null)
        {
            if (options.Value.ExternalAuthority is null && await IsEmptyAsync(cancellation))
                LogNobody();
            return;
        }

        if (await users.FindByNameAsync(UserDirectory.Normalize(admin.UserName), cancellation) is not null)
            return;
        await using var transaction = await database.BeginAsync(admin.Tenant, "", cancellation);
        await transaction.CreateAsync(
            new Tenant { Id = admin.Tenant, DisplayName = admin.TenantName ?? admin.Tenant, Kind = TenantKinds.Agency }, [], cancellation);
        var created = await users.CreateAsync(
            transaction, admin.Tenant,
            new NewUser(admin.UserName, admin.UserName, [Roles.User, Roles.TenantAdmin, Roles.Operator], admin.Password), cancellation);
        await transaction.CommitAsync(cancellation);
        LogCreated(created!.User.Id, admin.Tenant);
    }

    /// <summary>No tenant, so no user: users of all tenants cannot be counted, row-level security sees to that.</summary>
    private async Task<bool> IsEmptyAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync("select set_config('app.operator', 'on', true)", null, cancellation);
        return await transaction.SingleAsync<bool>("select not exists (select from tenants)", null, cancellation);
    }

    [LoggerMessage(LogLevel.Warning,
        "Nobody can sign in: there is no user and no external authority. Set Identity:FirstAdmin:Tenant, :UserName and :Password " +
        "(12 characters or more) and start again, or set Identity:ExternalAuthority")]
    private partial void LogNobody();

    [LoggerMessage(LogLevel.Information, "Made the first administrator {UserId} in tenant {Tenant}")]
    private partial void LogCreated(Guid userId, string tenant);
}
