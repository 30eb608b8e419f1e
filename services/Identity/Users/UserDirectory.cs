using System.Security.Cryptography;
using LLMoin.Contracts.Identity;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LLMoin.Identity.Users;

/// <summary>Finds and makes users. Everything that asks whether somebody may act asks here.</summary>
internal sealed class UserDirectory(TenantDatabase database, IPasswordHasher<User> hasher, IOptions<IdentityOptions> options)
{
    public const string Columns = "id, tenant, user_name, name, password_hash, roles, departments, suspended, demo";

    /// <summary>None that is mistaken for another when read aloud or copied by hand.</summary>
    private const string PasswordCharacters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>14 of 57 characters: 81 bits.</summary>
    private const int GeneratedPasswordLength = 14;

    public static string Normalize(string userName) => userName.Trim().ToLowerInvariant();

    /// <summary>By normalised user name, before any tenant is known.</summary>
    public async Task<User?> FindByNameAsync(string userName, CancellationToken cancellation)
    {
        // PostgreSQL's text cannot hold it, so nobody is called so.
        if (userName.Contains('\0'))
            return null;
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.LookUpAsync(userName, cancellation);
        return await transaction.SingleAsync<User>($"select {Columns} from users where user_name = @userName", new { userName }, cancellation);
    }

    /// <summary>The user, unless unknown in that tenant or not active.</summary>
    public async Task<User?> FindActiveAsync(string tenant, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, id.ToString(), cancellation);
        var user = await transaction.SingleAsync<User>($"select {Columns} from users where id = @id", new { id }, cancellation);
        return user is not null && IsActive(user) ? user : null;
    }

    /// <summary>Demo users left over in a database are nobody where demo users are not asked for.</summary>
    public bool IsActive(User user) => !user.Suspended && (!user.Demo || options.Value.DemoUsers);

    /// <summary>Stores a new user and announces it.</summary>
    /// <param name="transaction">As tenant <paramref name="tenant"/>.</param>
    /// <param name="tenant">The user's tenant.</param>
    /// <param name="asked">Already checked.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="demo">Whether this is a demo user.</param>
    /// <returns>Null when the user name is taken, in this tenant or another.</returns>
    public async Task<CreatedUser?> CreateAsync(
        TenantTransaction transaction, string tenant, NewUser asked, CancellationToken cancellation, bool demo = false)
    {
        var password = asked.Password ?? RandomNumberGenerator.GetString(PasswordCharacters, GeneratedPasswordLength);
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            Tenant = tenant,
            UserName = Normalize(asked.UserName!),
            Name = asked.Name!.Trim(),
            PasswordHash = hasher.HashPassword(null!, password),
            Roles = [.. asked.Roles!.Distinct()],
            Departments = [.. (asked.Departments ?? []).Distinct()],
            Suspended = false,
            Demo = demo,
        };
        var inserted = await transaction.ExecuteAsync(
            """
            insert into users (id, tenant, user_name, name, password_hash, roles, departments, demo)
            values (@Id, @Tenant, @UserName, @Name, @PasswordHash, @Roles, @Departments, @Demo) on conflict do nothing
            """, user, cancellation);
        if (inserted == 0)
            return null;
        await AnnounceAsync(transaction, user, cancellation);
        return new CreatedUser(UserView.Of(user), asked.Password is null ? password : null);
    }

    public static Task AnnounceAsync(TenantTransaction transaction, User user, CancellationToken cancellation)
        => transaction.PublishAsync(Guid.CreateVersion7(), new UserChanged
        {
            Tenant = user.Tenant,
            UserId = user.Id.ToString(),
            Suspended = user.Suspended,
            Roles = user.Roles,
        }, cancellation);
}
